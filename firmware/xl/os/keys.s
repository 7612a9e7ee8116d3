; What each key means: 64 codes alone, 64 with SHIFT, 64 with CONTROL; $80-$91 are functions (keyboard.s).
        .include "os.inc"

        .segment "KEYS"         ; $FB51, where programs copy it from
key_table:
        ; alone
        .byte   $6C,$6A,$3B,$8A,$8B,$6B,$2B,$2A
        .byte   $6F,$80,$70,$75,$9B,$69,$2D,$3D
        .byte   $76,$80,$63,$8C,$8D,$62,$78,$7A
        .byte   $34,$80,$33,$36,$1B,$35,$32,$31
        .byte   $2C,$20,$2E,$6E,$80,$6D,$2F,$81
        .byte   $72,$80,$65,$79,$7F,$74,$77,$71
        .byte   $39,$80,$30,$37,$7E,$38,$3C,$3E
        .byte   $66,$68,$64,$80,$82,$67,$73,$61
        ; with SHIFT
        .byte   $4C,$4A,$3A,$8A,$8B,$4B,$5C,$5E
        .byte   $4F,$80,$50,$55,$9B,$49,$5F,$7C
        .byte   $56,$80,$43,$8C,$8D,$42,$58,$5A
        .byte   $24,$80,$23,$26,$1B,$25,$22,$21
        .byte   $5B,$20,$5D,$4E,$80,$4D,$3F,$80
        .byte   $52,$80,$45,$59,$9F,$54,$57,$51
        .byte   $28,$80,$29,$27,$9C,$40,$7D,$9D
        .byte   $46,$48,$44,$80,$83,$47,$53,$41
        ; with CONTROL
        .byte   $0C,$0A,$7B,$80,$80,$0B,$1E,$1F
        .byte   $0F,$80,$10,$15,$9B,$09,$1C,$1D
        .byte   $16,$80,$03,$89,$80,$02,$18,$1A
        .byte   $80,$80,$85,$80,$1B,$80,$FD,$80
        .byte   $00,$20,$60,$0E,$80,$0D,$80,$80
        .byte   $12,$80,$05,$19,$9E,$14,$17,$11
        .byte   $80,$80,$80,$80,$FE,$80,$7D,$FF
        .byte   $06,$08,$04,$80,$84,$07,$13,$01

; F1-F4: the cursor; with SHIFT: home, lower left, left margin, right margin
function_keys:
        .byte   $1C,$1D,$1E,$1F,$8E,$8F,$90,$91
