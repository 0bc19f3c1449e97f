# Completion of ganger in bash, made from what ganger @VERSION@ says of itself.

# What there is, one a line: command, what it is (verb, option, operand), name (of an operand: its place, * for all others), kind.
_ganger_table='
@TABLE@
'

# Is there a WHAT of this NAME in COMMAND? Its kind is in $kind then.
_ganger_find() { # COMMAND WHAT NAME
    local key=$'\n'$1$'\t'$2$'\t'$3$'\t'
    [[ $_ganger_table == *"$key"* ]] || return 1
    kind=${_ganger_table#*"$key"}
    kind=${kind%%$'\n'*}
}

_ganger_names() { # COMMAND WHAT
    local command what name rest
    while IFS=$'\t' read -r command what name rest; do
        [[ $command != "$1" || $what != "$2" ]] || printf '%s\n' "$name"
    done <<<"$_ganger_table"
}

# The words up to the cursor; readline has cut them at = and :.
_ganger_words() {
    local word line=${COMP_LINE:0:COMP_POINT}
    local -i i last=-1
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((last > 0)) && [[ $word == [=:]* || ${words[last]} == *[=:] ]] && [[ $line == *"${words[last]}$word"* ]]; then
            words[last]+=$word
        else
            last+=1
            words[last]=$word
        fi
    done
}

# Ids, from the coordinator that the command line or the environment leads to; none if it does not answer soon.
_ganger_ask() { # VERB…
    local program=${words[0]/#\~/$HOME}
    type -P "$program" >/dev/null || program=ganger
    timeout 3 "$program" "${way[@]}" "$@" -o quiet 2>/dev/null </dev/null
}

# Offers the lines of its input that go on from what was typed.
_ganger_offer() {
    local candidate
    while IFS= read -r candidate; do
        [[ $candidate != "$cur"* ]] || COMPREPLY+=("$before$candidate")
    done
}

_ganger_in_order() {
    compopt -o nosort 2>/dev/null
}

_ganger_jobs() { # WORD…
    _ganger_in_order
    _ganger_offer < <(printf '%s\n' "$@" && _ganger_ask jobs | sort -rn | head -n 50)
}

_ganger_tasks() {
    local job=${cur%%.*} index=${cur#*.}
    [[ ($job == last || $job != *[!0-9]*) && $index != *[!0-9]* ]] || return 0
    _ganger_in_order
    _ganger_offer < <(_ganger_ask tasks "$job" | sed -n "s/^[0-9]*\.\($index.*\)/$job.\1/p" | head -n 50)
}

_ganger_values() { # KIND
    case $1 in
        one-of:*) _ganger_offer < <(printf '%s\n' ${1#one-of:}) ;;
        verb) _ganger_offer < <(_ganger_names "ganger$given" verb) ;;
        job) _ganger_jobs last all ;;
        task) if [[ $cur == *.* ]]; then _ganger_tasks; else _ganger_jobs last all; fi ;;
        agent) _ganger_offer < <(_ganger_ask agents) ;;
        user) _ganger_offer < <(_ganger_ask users | sort -u) ;;
        token) _ganger_offer < <(_ganger_ask token list) ;;
        context) _ganger_offer < <(_ganger_ask context list) ;;
        # What is not offered here, readline completes as the name of a file.
        file) compopt -o default 2>/dev/null ;;
        folder) compopt -o dirnames 2>/dev/null ;;
        command)
            compopt -o default 2>/dev/null
            _ganger_offer < <(compgen -c -- "$cur")
            ;;
    esac
}

# Of what is offered, readline wants only what comes after the last place where it cuts words.
_ganger_cut() { # TYPED
    local typed=$1 breaker kept
    local -i i
    for breaker in = :; do
        if [[ $COMP_WORDBREAKS == *$breaker* && $typed == *$breaker* ]]; then
            kept=${typed%"${typed##*"$breaker"}"}
            typed=${typed#"$kept"}
            for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
                COMPREPLY[i]=${COMPREPLY[i]#"$kept"}
            done
        fi
    done
}

_ganger() {
    local word cur kind before='' command=ganger awaits='' ended='' given=''
    local -i i operands=0
    local -a words=() way=()
    COMPREPLY=()
    _ganger_words
    for ((i = 1; i < ${#words[@]} - 1; i++)); do
        word=${words[i]}
        if [[ -n $awaits ]]; then
            [[ $awaits != --@(coordinator|context) ]] || way+=("$awaits=$word")
            awaits=
        elif [[ -z $ended && $word == -- ]]; then
            ended=yes
        elif [[ -z $ended && $word == --*=* ]]; then
            [[ $word != --@(coordinator|context|insecure)=* ]] || way+=("$word")
        elif [[ -z $ended && $word == -?* ]]; then
            [[ $word != --insecure ]] || way+=("$word")
            ! _ganger_find "$command" option "$word" || [[ $kind == flag ]] || awaits=$word
        elif [[ -z $ended$given ]] && _ganger_find "$command" verb "$word"; then
            command+=" $word"
        else
            operands+=1
            given+=" $word"
            ! _ganger_find "$command" operand '*' || [[ $kind != command ]] || break
        fi
    done
    cur=${words[${#words[@]} - 1]}
    if ((i < ${#words[@]} - 1)); then
        compopt -o default 2>/dev/null
    elif [[ -n $awaits ]]; then
        _ganger_find "$command" option "$awaits" && _ganger_values "$kind"
    elif [[ -z $ended && $cur == --*=* ]]; then
        before=${cur%%=*}=
        cur=${cur#*=}
        ! _ganger_find "$command" option "${before%=}" || _ganger_values "$kind"
    elif [[ -z $ended && $cur == -* ]]; then
        _ganger_offer < <(_ganger_names "$command" option)
    else
        [[ -n $ended$given ]] || _ganger_offer < <(_ganger_names "$command" verb)
        if _ganger_find "$command" operand $((operands + 1)) || _ganger_find "$command" operand '*'; then
            _ganger_values "$kind"
        fi
    fi
    _ganger_cut "$before$cur"
}

complete -F _ganger ganger
