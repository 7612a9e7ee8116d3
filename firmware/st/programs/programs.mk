# Test programs. Each is crt0, the trap bindings, one C file, and the arithmetic helpers.

PROGRAM_OBJS := $(BUILD)/programs/crt0.o $(BUILD)/trap_bindings.o $(BUILD)/support_math.o $(BUILD)/strings.o

$(BUILD)/programs/%.o: programs/%.c $(wildcard src/*.h programs/*.h) Makefile | $(BUILD)/programs
	@echo "  $@" && $(CC) $(CFLAGS) -c $< -o $@

$(BUILD)/programs/crt0.o: programs/crt0.S Makefile | $(BUILD)/programs
	@echo "  $@" && $(CC) $(AFLAGS) -c $< -o $@

$(BUILD)/programs/%.elf: $(BUILD)/programs/%.o $(PROGRAM_OBJS) programs/prg.ld
	@echo "  $@" && $(LD) -nostdlib --no-warn-execstack --no-warn-rwx-segments -q -T programs/prg.ld -o $@ $(PROGRAM_OBJS) $<

$(BUILD)/programs/%.bin: $(BUILD)/programs/%.elf tools/fixups.awk
	@$(READELF) -rW $< | $(AWK) -f tools/fixups.awk > $(@:.bin=.fix.S)
	@$(CC) $(FLAGS) -c $(@:.bin=.fix.S) -o $(@:.bin=.fix.o)
	@$(OBJCOPY) -O binary -j .header $< $(@:.bin=.head)
	@$(OBJCOPY) -O binary -j .text -j .data $< $(@:.bin=.body)
	@$(OBJCOPY) -O binary -j .fixups $(@:.bin=.fix.o) $(@:.bin=.fix)
	@cat $(@:.bin=.head) $(@:.bin=.body) $(@:.bin=.fix) > $@

define PROGRAM
$(OUT)/programs/$(1): $(BUILD)/programs/$(shell echo $(basename $(1)) | tr A-Z a-z).bin | $(OUT)/programs
	@echo "  $$@" && cp $$< $$@
endef
$(foreach p,$(PROGRAMS),$(eval $(call PROGRAM,$(p))))

$(BUILD)/programs:
	@mkdir -p $@
