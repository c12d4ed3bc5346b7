"""Completion in a shell: what `conform completion` prints, and the answers to the questions that it asks.

The script of a shell gives the words up to the cursor in COMP_WORDS, with the character 1f between them. An
answer is a line per completion: its kind, the word, and for some shells what it means. Of the kind `part` are
words that go on.
"""

from __future__ import annotations

import os
from typing import ClassVar

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

_BETWEEN = "\x1f"

_BASH = r"""
_conform() {
    local kind word
    COMPREPLY=()
    while IFS=$'\t' read -r kind word; do
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            part) compopt -o nospace; COMPREPLY+=("$word") ;;
            plain) COMPREPLY+=("$word") ;;
        esac
    done < <(IFS=$'\x1f'; COMP_WORDS="${COMP_WORDS[*]:0:COMP_CWORD+1}" _CONFORM_COMPLETE=bash_complete \
        "$1" 2>/dev/null)
}
complete -o nosort -F _conform conform
"""

_ZSH = r"""#compdef conform
_conform() {
    local kind word help
    local -a words_ parts
    [[ $PREFIX == --*=* ]] && compset -P '*='
    while IFS=$'\t' read -r kind word help; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files ;;
            part) parts+=("$word") ;;
            plain) words_+=("${word//:/\\:}${help:+:$help}") ;;
        esac
    done < <(COMP_WORDS="${(pj:\x1f:)words[1,CURRENT]}" _CONFORM_COMPLETE=zsh_complete \
        "$words[1]" 2>/dev/null)
    (( $#parts )) && compadd -S '' -- $parts
    (( $#words_ )) && _describe -V value words_
}
if [[ $funcstack[1] == _conform ]]; then
    _conform "$@"
else
    compdef _conform conform
fi
"""

_FISH = r"""function _conform
    set -l given (commandline -opc) (commandline -ct)
    for line in (env COMP_WORDS=(string join \x1f -- $given) \
            _CONFORM_COMPLETE=fish_complete $given[1] 2>/dev/null)
        set -l item (string split -m 2 \t -- $line)
        switch $item[1]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case '*'
                string join \t -- $item[2..]
        end
    end
end
complete --no-files --command conform --arguments '(_conform)'
"""


class _Shell(ShellComplete):
    """A shell whose script speaks as the top of this file says."""

    script: ClassVar[str]
    helps: ClassVar[bool] = False

    def source(self) -> str:
        """The script that a shell reads to complete `conform`."""
        return self.script

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one at the cursor, and that word."""
        given = os.environ.get("COMP_WORDS", "").split(_BETWEEN)[1:]
        # A quote may still be open. Bash takes the = of --option=value for a word.
        words = [next(iter(split_arg_string(word)), "") for word in given]
        *before, incomplete = [word for word in words[:-1] if word != "="] + words[-1:] or [""]
        return before, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """The line about a completion."""
        parts = [item.type, self.whole(str(item.value))]
        if self.helps and item.help:
            parts.append(" ".join(item.help.split()))
        return "\t".join(parts)

    def whole(self, word: str) -> str:
        """The word as this shell has to insert it."""
        return word


class _Bash(_Shell):
    name = "bash"
    script = _BASH.lstrip()


class _Zsh(_Shell):
    name = "zsh"
    script = _ZSH
    helps = True


class _Fish(_Shell):
    name = "fish"
    script = _FISH
    helps = True

    def whole(self, word: str) -> str:
        """The word behind the --option= before it, which is the same word to this shell."""
        at_cursor = os.environ.get("COMP_WORDS", "").rpartition(_BETWEEN)[2]
        option, equals, _ = at_cursor.partition("=")
        return f"{option}={word}" if equals and option.startswith("--") else word


SHELLS: dict[str, type[_Shell]] = {shell.name: shell for shell in (_Bash, _Zsh, _Fish)}


def offer() -> None:
    """Makes click answer in the way of these scripts."""
    for shell in SHELLS.values():
        add_completion_class(shell)
