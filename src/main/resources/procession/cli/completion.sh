# Completion of procession's command line, for bash and zsh; made by `procession completion`. To have it in every shell:
#   bash: bin/procession completion bash > ~/.local/share/bash-completion/completions/procession
#   zsh:  bin/procession completion zsh > ~/.procession-completion, and `source ~/.procession-completion` in ~/.zshrc
# It knows the commands, options and samples of the day it was made.

if [ -n "${ZSH_VERSION-}" ]; then
  type compdef > /dev/null 2>&1 || { autoload -U +X compinit && compinit; }
  autoload -U +X bashcompinit && bashcompinit
fi

# What can stand at a place: $options, and in $positional what else.
_procession_place() {
  options='' positional=file
  case $1 in
@PLACES@
  esac
}

# What an option takes: $kind is empty for nothing.
_procession_option() {
  kind=''
  case "$1 $2" in
@OPTIONS@
  esac
}

# Offers what begins with the current word, of a kind.
_procession_offer() {
  case $1 in
    words\ *) COMPREPLY=($(compgen -W "${1#words }" -- "$cur")) ;;
    target\ *)
      COMPREPLY=($(compgen -W "${1#target }" -- "$cur"))
      local IFS=$'\n'
      COMPREPLY+=($(compgen -f -X '!*.java' -- "$cur") $(compgen -d -- "$cur"))
      type compopt > /dev/null 2>&1 && ((${#COMPREPLY[@]} > 0)) && [[ -e ${COMPREPLY[0]} ]] && compopt -o filenames 2> /dev/null
      ;;
    file)
      local IFS=$'\n'
      COMPREPLY=($(compgen -f -- "$cur"))
      type compopt > /dev/null 2>&1 && compopt -o filenames 2> /dev/null
      ;;
    folder)
      local IFS=$'\n'
      COMPREPLY=($(compgen -d -- "$cur"))
      type compopt > /dev/null 2>&1 && compopt -o filenames 2> /dev/null
      ;;
  esac
  return 0
}

_procession() {
  local cur=${COMP_WORDS[COMP_CWORD]} i=1 place='' option='' before='' options positional kind word
  COMPREPLY=()
  while ((i < COMP_CWORD)); do
    word=${COMP_WORDS[i]}
    case $word in
      =) i=$((i + 1)) ;; # bash makes three words of --option=value.
      -?*)
        option=$word
        _procession_option "$place" "$option"
        if [[ -n $kind && ${COMP_WORDS[i + 1]} != = ]]; then i=$((i + 1)); fi
        ;;
      *)
        case $place in
          '') place=$word ;;
          run) place="run $word" ;;
        esac
        ;;
    esac
    i=$((i + 1))
  done
  if [[ $cur == --*=* ]]; then # zsh makes one.
    option=${cur%%=*} before=$option= cur=${cur#*=} i=$((COMP_CWORD + 1))
  elif [[ $cur == = ]]; then
    cur='' i=$((COMP_CWORD + 1))
  fi
  if ((i > COMP_CWORD)); then
    _procession_option "$place" "$option"
    _procession_offer "$kind"
    [[ -z $before ]] || COMPREPLY=("${COMPREPLY[@]/#/$before}")
    return 0
  fi
  _procession_place "$place"
  if [[ $cur == -* ]]; then _procession_offer "words $options"; else _procession_offer "$positional"; fi
}

if [ -n "${ZSH_VERSION-}" ]; then
  complete -o filenames -F _procession procession
else
  complete -F _procession procession
fi
