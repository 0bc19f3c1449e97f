#compdef ganger
# Completion of ganger in zsh, made from what ganger @VERSION@ says of itself.

# What there is, one a line: command, what it is (verb, option, operand), name (of an operand: its place, * for all others), kind,
# description.
typeset -g _ganger_table='@TABLE@'
typeset -ga _ganger_rows=(${(f)_ganger_table})

# Is there a WHAT of this NAME in COMMAND? Its kind is in $kind then.
_ganger_find() { # COMMAND WHAT NAME
    local -a found=(${(M)_ganger_rows:#$1$'\t'$2$'\t'$3$'\t'*})
    (($#found)) && kind=${${(@ps:\t:)found[1]}[4]}
}

# Offers the verbs or the options of COMMAND with what they do.
_ganger_describe() { # COMMAND WHAT
    local row
    local -a columns found
    for row in ${(M)_ganger_rows:#$1$'\t'$2$'\t'*}; do
        columns=("${(@ps:\t:)row}")
        found+=("${columns[3]//:/\\:}:$columns[5]")
    done
    if [[ $2 == option ]]; then
        _describe -o -t options option found
    else
        _describe -t commands command found
    fi
}

# Ids, from the coordinator that the command line or the environment leads to; none if it does not answer soon.
_ganger_ask() { # VERB…
    _call_program ids "timeout 3 $program ${(j: :)${(q)way[@]}} ${(j: :)${(q)@}} -o quiet 2>/dev/null </dev/null"
}

_ganger_jobs() { # WORD…
    local expl
    local -a ids
    ids=("$@" $(_ganger_ask jobs | sort -rn | head -n 50))
    _wanted -V jobs expl job compadd -a ids
}

_ganger_tasks() {
    local job=${PREFIX%%.*} index=${PREFIX#*.} expl
    local -a ids
    [[ $job == (last|<->) && $index == (|<->) ]] || return 1
    ids=($(_ganger_ask tasks $job | sed -n "s/^[0-9]*\.\($index.*\)/$job.\1/p" | head -n 50))
    _wanted -V tasks expl task compadd -a ids
}

_ganger_values() { # KIND
    local expl
    local -a names
    case $1 in
        one-of:*) names=(${=1#one-of:}) && _wanted values expl value compadd -a names ;;
        verb) _ganger_describe "ganger$given" verb ;;
        job) _ganger_jobs last all ;;
        task) if [[ $PREFIX == *.* ]]; then _ganger_tasks; else _ganger_jobs last all; fi ;;
        agent) names=($(_ganger_ask agents)) && _wanted agents expl agent compadd -a names ;;
        user) names=($(_ganger_ask users)) && _wanted users expl user compadd -a names ;;
        token) names=($(_ganger_ask token list)) && _wanted tokens expl token compadd -a names ;;
        context) names=($(_ganger_ask context list)) && _wanted contexts expl context compadd -a names ;;
        file) _files ;;
        folder) _wanted directories expl folder _path_files -/ ;;
        command) _ganger_command $CURRENT ;;
    esac
}

# The rest of the line is a command line of its own.
_ganger_command() { # WHERE
    words=("${(@)words[$1,-1]}")
    ((CURRENT -= $1 - 1))
    _normal
}

_ganger() {
    local word kind command=ganger awaits= ended= given= program=$words[1]
    local -i i operands=0
    local -a way=()
    for ((i = 2; i < CURRENT; i++)); do
        word=${(Q)words[i]}
        if [[ -n $awaits ]]; then
            [[ $awaits != --(coordinator|context) ]] || way+=("$awaits=$word")
            awaits=
        elif [[ -z $ended && $word == -- ]]; then
            ended=yes
        elif [[ -z $ended && $word == --*=* ]]; then
            [[ $word != --(coordinator|context|insecure)=* ]] || way+=("$word")
        elif [[ -z $ended && $word == -?* ]]; then
            [[ $word != --insecure ]] || way+=("$word")
            ! _ganger_find $command option $word || [[ $kind == flag ]] || awaits=$word
        elif [[ -z $ended$given ]] && _ganger_find $command verb $word; then
            command+=" $word"
        else
            operands+=1
            given+=" $word"
            ! _ganger_find $command operand '*' || [[ $kind != command ]] || break
        fi
    done
    if ((i < CURRENT)); then
        _ganger_command $i
    elif [[ -n $awaits ]]; then
        _ganger_find $command option $awaits && _ganger_values $kind
    elif [[ -z $ended && $PREFIX == --*=* ]]; then
        _ganger_find $command option ${PREFIX%%=*} && compset -P 1 '*=' && _ganger_values $kind
    elif [[ -z $ended && $PREFIX == -* ]]; then
        _ganger_describe $command option
    else
        [[ -n $ended$given ]] || _ganger_describe $command verb
        if _ganger_find $command operand $((operands + 1)) || _ganger_find $command operand '*'; then
            _ganger_values $kind
        fi
    fi
}

# As a file where zsh looks for functions, or sourced.
if [[ $funcstack[1] == _ganger ]]; then
    _ganger "$@"
else
    compdef _ganger ganger
fi
