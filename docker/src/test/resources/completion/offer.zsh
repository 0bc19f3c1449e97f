# The zsh that complete.zsh types to: at TAB it writes what would be offered into $OFFERED.
PROMPT= RPROMPT= LISTMAX=100000
unsetopt autolist automenu beep
fpath=($FOLDER $fpath)
autoload -Uz compinit
compinit -u -D
compadd() {
    local -a offers
    # Some calls only ask which candidates match.
    if [[ " ${(j: :)@[1,(i)(-|--)]}" != *' -'[^\ ]#[OAD]* ]]; then
        builtin compadd -A offers "$@"
        (($#offers == 0)) || print -rl -- $offers >>$OFFERED
    fi
    builtin compadd "$@"
}
offer() {
    zle complete-word
    print "all is ${:-offered}"
}
zle -N offer
bindkey '^I' offer
zle-line-init() {
    print "ready to be ${:-typed} to"
}
zle -N zle-line-init
