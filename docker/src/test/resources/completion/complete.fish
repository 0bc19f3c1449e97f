# What fish offers at the end of a line: fish complete.fish SCRIPT LINE.
source $argv[1]
complete -C "$argv[2]" | string replace -r '\t.*' ''
