package dev.weft.cli;

/** Completion of names of arrays in files, around the script that completes commands. */
final class NameCompletion {
  /**
   * What follows a # is completed from {@code weft ls}, the rest as before. Bash breaks words at =,
   * zsh does not.
   */
  static final String SCRIPT =
      """

      # Names of arrays in files: weft run 'mean(t)' t=climate.nc#<TAB>
      function _complete_weft_names() {
        local word="${COMP_WORDS[COMP_CWORD]}"
        case "$word" in
          ?*"#"*)
            local before="${word%%#*}"
            local begin="${word:$((${#before} + 1))}"
            local name
            COMPREPLY=()
            while IFS= read -r name; do
              if [[ "${name:0:${#begin}}" == "$begin" ]]; then
                COMPREPLY+=("$before#$name")
              fi
            done < <(weft ls "${before#*=}" 2>/dev/null | sed -e 1d -e 's/  .*//')
            return 0
            ;;
        esac
        _complete_weft "$@"
      }
      complete -F _complete_weft_names -o default weft weft.sh weft.bash
      """;

  private NameCompletion() {}
}
