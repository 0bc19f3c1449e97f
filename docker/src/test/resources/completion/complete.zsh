# What zsh offers at the end of a line, as if TAB were pressed there: zsh complete.zsh SCRIPT FILE LINE; the offers go to the file.
# Completion works only where lines are edited, so another zsh does that, on a terminal of its own.
zmodload zsh/zpty
export FOLDER=${1:h} OFFERED=$2
: >$OFFERED
zpty shell zsh -f -i
zpty -w shell "source ${0:h}/offer.zsh"
zpty -r shell said '*ready to be typed to*'
zpty -w -n shell $3$'\t'
zpty -r shell said '*all is offered*'
zpty -d shell
