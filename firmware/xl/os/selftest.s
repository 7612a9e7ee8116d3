        .include "os.inc"
        .segment "SELFTEST"
        jmp     selftest_menu
selftest:
        jmp     selftest_menu
boot_screen:
        rts
selftest_menu:
        jmp     *
