namespace Attic.Cpm.Z80;

/// <content>The main page of opcodes, decoded by the fields x (bits 7-6), y (5-3) and z (2-0) of the opcode.</content>
public sealed partial class Z80<TBus>
{
    private void Execute(byte opcode)
    {
        int y = opcode >> 3 & 7;
        int z = opcode & 7;
        switch (opcode >> 6)
        {
            case 0: ExecuteFirstQuarter(y, z); break;
            case 1: ExecuteLoad(y, z); break;
            case 2: Alu(y, z == Memory ? Read(MemoryOperand()) : Get(z)); break;
            default: ExecuteLastQuarter(y, z); break;
        }
    }

    private void ExecuteLoad(int y, int z)
    {
        if (y == Memory && z == Memory)
        {
            _state.Halted = true;
        }
        else if (z == Memory)
        {
            ushort address = MemoryOperand();
            SetPlain(y, Read(address));
        }
        else if (y == Memory)
        {
            ushort address = MemoryOperand();
            Write(address, GetPlain(z));
        }
        else
        {
            Set(y, Get(z));
        }
    }

    private void ExecuteFirstQuarter(int y, int z)
    {
        int pair = y >> 1;
        bool odd = (y & 1) != 0;
        switch (z)
        {
            case 0: RelativeJumps(y); break;
            case 1 when odd: AddToHl(GetPair(pair)); break;
            case 1: SetPair(pair, ImmediateWord()); break;
            case 2: IndirectLoad(y); break;
            case 3:
                SetPair(pair, (ushort)(GetPair(pair) + (odd ? -1 : 1)));
                Idle(2);
                break;
            case 4: StepRegister(y, up: true); break;
            case 5: StepRegister(y, up: false); break;
            case 6: LoadImmediate(y); break;
            default: AccumulatorOperation(y); break;
        }
    }

    private void RelativeJumps(int y)
    {
        switch (y)
        {
            case 0: break;
            case 1:
                (_state.Af, _state.AfOther) = (_state.AfOther, _state.Af);
                break;
            case 2:
                Idle(1);
                JumpRelative(--_state.B != 0);
                break;
            case 3: JumpRelative(taken: true); break;
            default: JumpRelative(Condition(y - 4)); break;
        }
    }

    private void JumpRelative(bool taken)
    {
        sbyte displacement = (sbyte)Immediate();
        if (taken)
        {
            Idle(5);
            _state.Pc = _state.Wz = (ushort)(_state.Pc + displacement);
        }
    }

    private void IndirectLoad(int y)
    {
        switch (y)
        {
            case 0: StoreAccumulator(_state.Bc); break;
            case 1: LoadAccumulator(_state.Bc); break;
            case 2: StoreAccumulator(_state.De); break;
            case 3: LoadAccumulator(_state.De); break;
            case 4:
            {
                ushort address = ImmediateWord();
                WriteWord(address, Hl);
                _state.Wz = (ushort)(address + 1);
                break;
            }

            case 5:
            {
                ushort address = ImmediateWord();
                Hl = ReadWord(address);
                _state.Wz = (ushort)(address + 1);
                break;
            }

            case 6: StoreAccumulator(ImmediateWord()); break;
            default: LoadAccumulator(ImmediateWord()); break;
        }
    }

    private void StoreAccumulator(ushort address)
    {
        Write(address, _state.A);
        _state.Wz = (ushort)(_state.A << 8 | ((address + 1) & 0xFF));
    }

    private void LoadAccumulator(ushort address)
    {
        _state.A = Read(address);
        _state.Wz = (ushort)(address + 1);
    }

    private void StepRegister(int register, bool up)
    {
        if (register != Memory)
        {
            Set(register, up ? Increment(Get(register)) : Decrement(Get(register)));
            return;
        }

        ushort address = MemoryOperand();
        byte value = Read(address);
        Idle(1);
        Write(address, up ? Increment(value) : Decrement(value));
    }

    private void LoadImmediate(int register)
    {
        if (register != Memory)
        {
            Set(register, Immediate());
            return;
        }

        if (_index == Index.Hl)
        {
            Write(_state.Hl, Immediate());
            return;
        }

        // The sum of IX and d is made while n is fetched: two cycles more, not five.
        sbyte displacement = (sbyte)Immediate();
        byte value = Immediate();
        Idle(2);
        _state.Wz = (ushort)(Hl + displacement);
        Write(_state.Wz, value);
    }

    private void AccumulatorOperation(int y)
    {
        switch (y)
        {
            case 4: DecimalAdjust(); break;
            case 5: Complement(); break;
            case 6: SetCarry(); break;
            case 7: ComplementCarry(); break;
            default: RotateA(y); break;
        }
    }

    private void ExecuteLastQuarter(int y, int z)
    {
        switch (z)
        {
            case 0:
                Idle(1);
                if (Condition(y))
                {
                    Return();
                }

                break;
            case 1: PopOrControl(y); break;
            case 2: JumpIf(Condition(y)); break;
            case 3: JumpAndExchange(y); break;
            case 4: CallIf(Condition(y)); break;
            case 5: PushOrCall(y); break;
            case 6: Alu(y, Immediate()); break;
            default:
                Idle(1);
                Push(_state.Pc);
                _state.Pc = _state.Wz = (ushort)(y * 8);
                break;
        }
    }

    private void Return() => _state.Pc = _state.Wz = Pop();

    private void PopOrControl(int y)
    {
        switch (y)
        {
            case 1: Return(); break;
            case 3:
                (_state.Bc, _state.BcOther) = (_state.BcOther, _state.Bc);
                (_state.De, _state.DeOther) = (_state.DeOther, _state.De);
                (_state.Hl, _state.HlOther) = (_state.HlOther, _state.Hl);
                break;
            case 5: _state.Pc = Hl; break;
            case 6: _state.Af = Pop(); break;
            case 7:
                Idle(2);
                _state.Sp = Hl;
                break;
            default: SetPair(y >> 1, Pop()); break;
        }
    }

    private void JumpIf(bool taken)
    {
        _state.Wz = ImmediateWord();
        if (taken)
        {
            _state.Pc = _state.Wz;
        }
    }

    private void CallIf(bool taken)
    {
        _state.Wz = ImmediateWord();
        if (taken)
        {
            Idle(1);
            Push(_state.Pc);
            _state.Pc = _state.Wz;
        }
    }

    private void PushOrCall(int y)
    {
        switch (y)
        {
            case 1: CallIf(taken: true); break;
            case 5: ExecuteExtended(FetchOpcode()); break;
            case 3 or 7: throw new InvalidOperationException("Prefixes DD and FD are taken off before an opcode is executed.");
            default:
                Idle(1);
                Push(y == 6 ? _state.Af : GetPair(y >> 1));
                break;
        }
    }

    private void JumpAndExchange(int y)
    {
        switch (y)
        {
            case 0: JumpIf(taken: true); break;
            case 1: ExecuteBits(); break;
            case 2:
            {
                byte port = Immediate();
                _state.Wz = (ushort)(_state.A << 8 | ((port + 1) & 0xFF));
                Out((ushort)(_state.A << 8 | port), _state.A);
                break;
            }

            case 3:
            {
                ushort port = (ushort)(_state.A << 8 | Immediate());
                _state.Wz = (ushort)(port + 1);
                _state.A = In(port);
                break;
            }

            case 4: ExchangeWithStack(); break;
            case 5: (_state.De, _state.Hl) = (_state.Hl, _state.De); break;
            case 6: _state.Iff1 = _state.Iff2 = false; break;
            default:
                _state.Iff1 = _state.Iff2 = true;
                _state.AfterEi = true;
                break;
        }
    }

    private void ExchangeWithStack()
    {
        ushort word = ReadWord(_state.Sp);
        Idle(1);
        Write((ushort)(_state.Sp + 1), (byte)(Hl >> 8));
        Write(_state.Sp, (byte)Hl);
        Idle(2);
        Hl = _state.Wz = word;
    }
}
