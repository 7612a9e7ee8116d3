? STR$(1)=STR$(2),STR$(10)=STR$(10)
? CHR$(65)=CHR$(66)
