; The character set at $E000.
; In the order of the screen's codes; each row is eight points. Drawn for Attic.

        .include "rows.inc"
        .segment "CHARSET"

        .include "signs.inc"

;   0 heart
        ROW     "........"
        ROW     "..##.##."
        ROW     ".#######"
        ROW     ".#######"
        ROW     "..#####."
        ROW     "...###.."
        ROW     "....#..."
        ROW     "........"

;   1 branch right
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...#####"
        ROW     "...#####"
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."

;   2 right edge
        ROW     "......##"
        ROW     "......##"
        ROW     "......##"
        ROW     "......##"
        ROW     "......##"
        ROW     "......##"
        ROW     "......##"
        ROW     "......##"

;   3 corner, up and left
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "#####..."
        ROW     "#####..."
        ROW     "........"
        ROW     "........"
        ROW     "........"

;   4 branch left
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "#####..."
        ROW     "#####..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."

;   5 corner, down and left
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "#####..."
        ROW     "#####..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."

;   6 slash
        ROW     "......##"
        ROW     ".....###"
        ROW     "....###."
        ROW     "...###.."
        ROW     "..###..."
        ROW     ".###...."
        ROW     "###....."
        ROW     "##......"

;   7 backslash
        ROW     "##......"
        ROW     "###....."
        ROW     ".###...."
        ROW     "..###..."
        ROW     "...###.."
        ROW     "....###."
        ROW     ".....###"
        ROW     "......##"

;   8 triangle, lower right
        ROW     ".......#"
        ROW     "......##"
        ROW     ".....###"
        ROW     "....####"
        ROW     "...#####"
        ROW     "..######"
        ROW     ".#######"
        ROW     "########"

;   9 quarter, lower right
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "....####"
        ROW     "....####"
        ROW     "....####"
        ROW     "....####"

;  10 triangle, lower left
        ROW     "#......."
        ROW     "##......"
        ROW     "###....."
        ROW     "####...."
        ROW     "#####..."
        ROW     "######.."
        ROW     "#######."
        ROW     "########"

;  11 quarter, upper right
        ROW     "....####"
        ROW     "....####"
        ROW     "....####"
        ROW     "....####"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"

;  12 quarter, upper left
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"

;  13 upper edge
        ROW     "########"
        ROW     "########"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"

;  14 lower edge
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "########"
        ROW     "########"

;  15 quarter, lower left
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."

;  16 club
        ROW     "........"
        ROW     "...###.."
        ROW     "...###.."
        ROW     ".###.###"
        ROW     ".###.###"
        ROW     "....#..."
        ROW     "...###.."
        ROW     "........"

;  17 corner, down and right
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "...#####"
        ROW     "...#####"
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."

;  18 line across
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "########"
        ROW     "########"
        ROW     "........"
        ROW     "........"
        ROW     "........"

;  19 cross
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "########"
        ROW     "########"
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."

;  20 ball
        ROW     "........"
        ROW     "..####.."
        ROW     ".######."
        ROW     ".######."
        ROW     ".######."
        ROW     ".######."
        ROW     "..####.."
        ROW     "........"

;  21 lower half
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "########"
        ROW     "########"
        ROW     "########"
        ROW     "########"

;  22 left edge
        ROW     "##......"
        ROW     "##......"
        ROW     "##......"
        ROW     "##......"
        ROW     "##......"
        ROW     "##......"
        ROW     "##......"
        ROW     "##......"

;  23 branch down
        ROW     "........"
        ROW     "........"
        ROW     "........"
        ROW     "########"
        ROW     "########"
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."

;  24 branch up
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "########"
        ROW     "########"
        ROW     "........"
        ROW     "........"
        ROW     "........"

;  25 left half
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."
        ROW     "####...."

;  26 corner, up and right
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...##..."
        ROW     "...#####"
        ROW     "...#####"
        ROW     "........"
        ROW     "........"
        ROW     "........"

        .include "arrows.inc"

;  96 diamond
        ROW     "........"
        ROW     "...##..."
        ROW     "..####.."
        ROW     ".######."
        ROW     ".######."
        ROW     "..####.."
        ROW     "...##..."
        ROW     "........"

        .include "letters.inc"

; 123 spade
        ROW     "........"
        ROW     "...##..."
        ROW     "..####.."
        ROW     ".######."
        ROW     ".######."
        ROW     "...##..."
        ROW     "..####.."
        ROW     "........"

        .include "controls.inc"
