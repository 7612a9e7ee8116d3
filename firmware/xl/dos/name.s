; File names: letters, digits, with a point between eight and three of them; * and ? stand for any.

; name := the pattern that CIO's buffer points to, behind the colon.
read_name:
        ldy     #0
@colon: lda     (ICBALZ),y
        iny
        beq     bad_name
        cmp     #$9B
        beq     bad_name
        cmp     #':'
        bne     @colon
read_name_at:                   ; Y: where it begins
        ldx     #10
        lda     #' '
@blank: sta     name,x
        dex
        bpl     @blank
        inx
        lda     #8
        jsr     name_part
        cmp     #'.'
        bne     @end
        cpx     #0
        beq     bad_name
        iny
        ldx     #8
        lda     #11
        jsr     name_part
@end:   sty     name_end
        lda     name
        cmp     #' '
        beq     bad_name
        cmp     #'0'            ; a letter or a wildcard comes first
        bcc     bad_name
        cmp     #'?'
        beq     @good
        cmp     #'A'
        bcc     bad_name
@good:  rts
bad_name:   lda     #E_NAME
        jmp     fail

; Characters from Y on to name from X to A-1; A: the character that ended it.
name_part:
        sta     zcount
@next:  lda     (ICBALZ),y
        cmp     #'*'
        beq     @star
        cmp     #'?'
        beq     @take
        cmp     #'0'
        bcc     @done
        cmp     #'9'+1
        bcc     @take
        cmp     #'A'
        bcc     @done
        cmp     #'Z'+1
        bcc     @take
        cmp     #'a'
        bcc     @under
        cmp     #'z'+1
        bcs     @done
        and     #$DF
        bne     @take           ; always
@under: cmp     #'_'
        bne     @done
@take:  cpx     zcount
        bcs     bad_name            ; too long
        sta     name,x
        inx
@skip:  iny
        bne     @next
@star:  lda     #'?'
@fill:  cpx     zcount
        bcs     @skip
        sta     name,x
        inx
        bne     @fill           ; always
@done:  rts

; Compares name with the directory entry at entry_at: zero flag.
match:  ldy     entry_at
        ldx     #0
@next:  lda     name,x
        cmp     #'?'
        beq     @same
        cmp     directory+ENTRY_NAME,y
        bne     @done
@same:  iny
        inx
        cpx     #11
        bne     @next
@done:  rts
