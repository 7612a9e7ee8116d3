10 DIM A$(10),B$(20),C$(3)
20 A$="HELLO WORLD":? A$,LEN(A$)
30 ? A$(2,4);A$(7);A$(1,1)
40 A$(3,6)="XY":? A$:A$(3)="Z":? A$
50 B$=A$:B$(LEN(B$)+1)="!?":? B$;LEN(B$)
60 C$="":? LEN(C$):C$(3,3)="*":? LEN(C$)
70 ? A$<B$,A$=B$,"B">"AZ","A"<"AA"
80 IF B$<>"" THEN ? CHR$(65);ASC("B");STR$(1.50);VAL("2.5E1")
90 ? A$(20)
RUN
