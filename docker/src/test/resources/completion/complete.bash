# What bash offers at the end of a line, as if TAB were pressed there: bash complete.bash SCRIPT LINE. Here it does what readline does around
# the function of the script: cuts the line into words, and completes a file where the function asks for it and offers nothing itself.
source "$1"
line=$2
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
COMP_LINE=$line COMP_POINT=${#line}
spaced=${line//=/ = }
read -r -a COMP_WORDS <<<"${spaced//:/ : }"
[[ $line != *[\ =:] ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
asked=
compopt() {
    asked+=" $2"
}
_ganger
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
case $asked in
    *default*) compgen -f -- "${COMP_WORDS[COMP_CWORD]}" ;;
    *dirnames*) compgen -d -- "${COMP_WORDS[COMP_CWORD]}" ;;
esac
