# Completion of ganger in fish, made from what ganger @VERSION@ says of itself.

# What there is, one a line: command, what it is (verb, option, operand), name (of an operand: its place, * for all others), kind,
# description.
set -g __ganger_rows (string split \n -- '@TABLE@')

# The kind of the WHAT of this NAME in COMMAND; fails if there is none.
function __ganger_find -a command what name
    set -l key (string escape --style=regex -- $command)'\t'$what'\t'(string escape --style=regex -- $name)
    set -l kinds (string replace -rf -- "^$key\t([^\t]*)\t.*" '$1' $__ganger_rows)
    and echo $kinds[1]
end

# The verbs or the options of COMMAND with what they do.
function __ganger_describe -a command what
    string replace -rf -- '^'(string escape --style=regex -- $command)"\t$what\t([^\t]*)\t[^\t]*\t(.*)" '$1\t$2' $__ganger_rows
end

# Ids, from the coordinator that the command line or the environment leads to; none if it does not answer soon.
function __ganger_ask -a program
    set program (string replace -r '^~(?=/)' $HOME -- $program)
    type -q -- $program
    or set program ganger
    command timeout 3 $program $__ganger_way $argv[2..-1] -o quiet 2>/dev/null </dev/null
end

function __ganger_values -a kind typed program given
    switch $kind
        case 'one-of:*'
            string split ' ' -- (string replace one-of: '' -- $kind)
        case verb
            __ganger_describe ganger$given verb
        case job task
            if test $kind = task; and string match -q '*.*' -- $typed
                __ganger_tasks $typed $program
                return
            end
            echo last
            echo all
            __ganger_ask $program jobs | sort -rn | head -n 50
        case agent
            __ganger_ask $program agents
        case user
            __ganger_ask $program users | sort -u
        case token
            __ganger_ask $program token list
        case context
            __ganger_ask $program context list
        case file
            __fish_complete_path $typed
        case folder
            __fish_complete_directories $typed
        case command
            complete -C $typed
    end
end

function __ganger_tasks -a typed program
    set -l of (string split -m 1 . -- $typed)
    string match -qr '^(last|[0-9]+)\.[0-9]*$' -- $typed
    and __ganger_ask $program tasks $of[1] | sed -n "s/^[0-9]*\.\($of[2].*\)/$of[1].\1/p" | head -n 50
end

function __ganger_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l command ganger
    set -l awaits ''
    # Where the words typed so far lead.
    set -g __ganger_way
    set -l ended no
    set -l given ''
    set -l operands 0
    set -l i 1
    while test $i -lt (count $words)
        set i (math $i + 1)
        set -l word $words[$i]
        if test -n "$awaits"
            contains -- $awaits --coordinator --context
            and set -a __ganger_way $awaits=$word
            set awaits ''
        else if test $ended = no; and test "$word" = --
            set ended yes
        else if test $ended = no; and string match -q -- '--*=*' $word
            string match -qr -- '^--(coordinator|context|insecure)=' $word
            and set -a __ganger_way $word
        else if test $ended = no; and string match -qr -- '^-.' $word
            test $word = --insecure
            and set -a __ganger_way $word
            set -l kind (__ganger_find $command option $word)
            and test $kind != flag
            and set awaits $word
        else if test $ended = no; and test -z "$given"; and __ganger_find $command verb $word >/dev/null
            set command "$command $word"
        else
            set operands (math $operands + 1)
            set given "$given $word"
            if test (__ganger_find $command operand '*'; or echo none) = command
                # The rest of the line is a command line of its own.
                complete -C (string join ' ' -- (string escape -- $words[$i..-1]) "$typed")
                return
            end
        end
    end
    if test -n "$awaits"
        __ganger_values (__ganger_find $command option $awaits) "$typed" $words[1] "$given"
    else if test $ended = no; and string match -q -- '--*=*' $typed
        set -l option (string split -m 1 = -- $typed)
        set -l kind (__ganger_find $command option $option[1])
        and string replace -r '^' -- $option[1]= (__ganger_values $kind "$option[2]" $words[1] "$given")
    else if test $ended = no; and string match -q -- '-*' $typed
        __ganger_describe $command option
    else
        test $ended = no; and test -z "$given"
        and __ganger_describe $command verb
        set -l kind (__ganger_find $command operand (math $operands + 1); or __ganger_find $command operand '*')
        and __ganger_values $kind "$typed" $words[1] "$given"
    end
end

complete -c ganger -k -f -a '(__ganger_complete)'
