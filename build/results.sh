# Reading the results of test projects (.trx files). Sourced by the test command.

# trx_lines FILE: one line per test that did not pass: "failed|skipped<TAB>name<TAB>first line of the message",
# then one line "counts<TAB>passed<TAB>failed<TAB>skipped".
trx_lines() {
    awk '
    function attribute(tag, name,    rest) {
        rest = tag
        if (!match(rest, "[ \t\r\n]" name "=\"")) return ""
        rest = substr(rest, RSTART + RLENGTH)
        return substr(rest, 1, index(rest, "\"") - 1)
    }
    function plain(text) {
        gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text)
        gsub(/&#xD;/, "", text); gsub(/&#xA;.*/, "", text); gsub(/&amp;/, "\\&", text)
        sub(/^[ \t\r\n]+/, "", text); sub(/[\r\n].*/, "", text)
        return text
    }
    BEGIN { RS = "<"; passed = failed = skipped = 0 }
    /^UnitTestResult[ \t\r\n]/ {
        tag = substr($0, 1, index($0, ">") - 1)
        name = plain(attribute(tag, "testName")); outcome = attribute(tag, "outcome"); message = ""
        if (outcome == "Passed") { passed++; open = 0 }
        else if (outcome == "NotExecuted") { skipped++; open = 1 }
        else { failed++; open = 1 }
        if (tag ~ /\/$/) { close_test() }
        next
    }
    function close_test() {
        if (open) printf "%s\t%s\t%s\n", (outcome == "NotExecuted" ? "skipped" : "failed"), name, message
        open = 0
    }
    /^Message>/ && open && message == "" { message = plain(substr($0, 9)) }
    /^\/UnitTestResult>/ { close_test() }
    END { printf "counts\t%d\t%d\t%d\n", passed, failed, skipped }
    ' "$1"
}

# report_project RESULTS NAME CODE: reads a project's results and prints one line.
report_project() {
    trx=$1/$2.trx
    lines=$1/$2.lines
    if [ -f "$trx" ]; then
        trx_lines "$trx" >"$lines"
    elif [ "$3" -eq 0 ]; then
        printf 'counts\t0\t0\t0\n' >"$lines" # no test of this project matches the filter
    else
        printf 'counts\t0\t0\t0\n' >"$lines"
    fi
    failed=$(awk -F '\t' '$1 == "counts" { print $3 }' "$lines")
    if [ "$3" -ne 0 ] && [ "$failed" -eq 0 ]; then
        # The test host died or hung: that is a failure which no test carries.
        printf 'failed\t%s\tthe test run ended with code %s; %s\n' "$2" "$3" "its log is in artifacts/test-results" >>"$lines"
        printf 'counts\t0\t1\t0\n' >>"$lines"
    fi
    awk -F '\t' -v name="$2" '
        $1 == "counts" { p += $2; f += $3; s += $4 }
        END { if (p + f + s) printf "  %-36s %6d passed%s%s\n", name, p, f ? ", " f " FAILED" : "", s ? ", " s " skipped" : "" }' "$lines"
}

# summarise RESULTS REQUIRE_ALL: lists what was skipped and what failed, prints the last line, and is the exit code.
summarise() {
    cat "$1"/*.lines >"$1/all"
    if grep -q '^skipped' "$1/all"; then
        printf '\nSkipped:\n'
        awk -F '\t' '$1 == "skipped" { printf "  %s\n      %s\n", $2, $3 }' "$1/all"
    fi
    if grep -q '^failed' "$1/all"; then
        printf '\nFailed:\n'
        awk -F '\t' '$1 == "failed" { printf "  %s\n      %s\n", $2, $3 }' "$1/all"
    fi
    [ -z "$2" ] || ! grep -q '^skipped' "$1/all" || printf '\nWith --require-all, what is skipped counts as failed.\n'
    printf '\n'
    awk -F '\t' -v require_all="$2" '
        $1 == "counts" { p += $2; f += $3; s += $4 }
        END {
            if (require_all) { f += s; s = 0 }
            printf "%d passed, %d failed, %d skipped\n", p, f, s
            exit f > 0
        }' "$1/all"
}
