; The floating point package, $D800-$DFFF, at the entry points of the Atari OS manual and of Mapping the Atari.
; Each routine lies in a file of its own; those without a published address fill the gaps between the others.
; Results are rounded half away from zero. Carry set: error.

        .setcpu "6502"
        .include "fp.inc"

        .segment "FP"
fp_start:

; Goes on at a published address.
.macro  AT      address
        .assert (address)-$D800 >= *-fp_start, error, "the code before does not fit"
        .res    (address)-$D800-(*-fp_start), 0
.endmacro

        .include "afp.inc"                ; $D800
        .include "new_exponent.inc"
        .include "exp_end.inc"
        .include "tenfold.inc"
        AT      $D8E6
        .include "fasc.inc"
        AT      $D9AA
        .include "ifp.inc"
        .include "exponents.inc"
        .include "hundreds.inc"
        AT      $D9D2
        .include "fpi.inc"
        .include "hundreds_high.inc"
        AT      $DA44
        .include "zero.inc"
        AT      $DA60
        .include "addition.inc"
        .include "load_scratch.inc"
        AT      $DADB
        .include "multiply.inc"
        .include "binary.inc"
        AT      $DB28
        .include "divide.inc"
        .include "byte_right.inc"
        AT      $DBA1
        .include "text.inc"
        .include "round.inc"
        .include "times_ten.inc"
        .include "thousands.inc"
        AT      $DC00
        .include "normalize.inc"
        .include "add_digits.inc"
        .include "multiply_digits.inc"
        .include "subtract_digits.inc"
        .include "scale.inc"
        .include "natural.inc"
        .include "power_address.inc"
        AT      $DD40
        .include "polynomial.inc"
        .include "sign.inc"
        AT      $DD89
        .include "move.inc"
        AT      $DDC0
        .include "exponential.inc"
        .include "logsum.inc"
        .include "logbegin.inc"
        AT      $DE95
        .include "xform.inc"
        AT      $DECD
        .include "logarithm.inc"
        .include "tenths.inc"
        .include "log10e.inc"
        AT      $DF6C
        .include "half.inc"
        .include "logcoef.inc"
        .include "expcoef.inc"
        AT      $DFAE
        .include "atncoef.inc"
        .include "store_scratch.inc"
        AT      $E000
        .segment "LOW3"
        .include "integers.inc"
        .include "swap.inc"
        .include "thousands_high.inc"
        .segment "FP"

        .export AFP, FASC, IFP, FPI, ZFR0, ZF1, ZFL, INTLBF, FSUB, FADD, FMUL, FDIV, SKPSPC, ISDIGT, NORMALIZE
        .export PLYEVL, FLD0R, FLD0P, FLD1R, FLD1P, FST0R, FST0P, FMOVE, EXP, EXP10, XFORM, LOG, LOG10
        .export FHALF, ATCOEF, FP9S, PIOV4
