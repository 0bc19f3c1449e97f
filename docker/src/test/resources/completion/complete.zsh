# What zsh offers at the end of a line, as if TAB were pressed there: zsh complete.zsh FOLDER FILE LINE, where the folder has the function
# _ganger, and the file is for the offers. Completion works only where lines are edited, so another zsh does that on a terminal of its own.
zmodload zsh/zpty
export FOLDER=$1 OFFERED=$2
zpty shell zsh -f -i
zpty -w shell "source ${0:h}/offer.zsh"
zpty -r shell said '*ready to be typed to*'
zpty -w -n shell $3$'\t'
zpty -r shell said '*all is offered*'
zpty -d shell
