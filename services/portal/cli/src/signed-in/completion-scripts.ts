import type { Command } from 'commander';

/** What may come next after some words. */
export interface Words {
  /** Words of commands so far: none for `team` itself, `audit verify` for that one. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Word[];
}

interface Word {
  readonly word: string;
  readonly description: string;
  /** What its value may be, where only some may. */
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

/** What can be said at every place, of the commands that there are. */
export function wordsOf(command: Command, path: readonly string[] = []): readonly Words[] {
  const commands = command.commands.map((one) => ({ word: one.name(), description: one.description(), choices: [], takesValue: false }));
  const options = command.options.flatMap(({ long, description, argChoices = [], required, optional }) =>
    long == null ? [] : [{ word: long, description, choices: argChoices, takesValue: required || optional }],
  );
  const help = { word: '--help', description: 'what can be said here', choices: [], takesValue: false };
  return [{ path: path.join(' '), commands, options: [...options, help] }, ...command.commands.flatMap((one) => wordsOf(one, [...path, one.name()]))];
}

/** In single quotes, in which a shell understands nothing but the quote that ends them. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const list = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ');

/** Of all places, since an option means the same everywhere: `--list`, and its choices. */
function choicesIn(all: readonly Words[]): readonly Word[] {
  const found = new Map<string, Word>();
  for (const option of all.flatMap(({ options }) => options)) if (option.choices.length > 0) found.set(option.word, option);
  return [...found.values()];
}

/** Finds out in which command one is: words that are no options, as long as they name one. */
const bashPlace = (all: readonly Words[]): string => `  local path='' word next
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case "$next" in
      ${all.filter(({ path }) => path !== '').map(({ path }) => quoted(path)).join(' | ')}) path="$next" ;;
    esac
  done`;

export function bashCompletion(all: readonly Words[]): string {
  const choices = choicesIn(all).map(({ word, choices }) => `    ${word}) COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$current")); return ;;`);
  const places = all.map(({ path, commands, options }) => `    ${quoted(path)}) words=${quoted([list(commands), list(options)].filter((text) => text !== '').join(' '))} ;;`);
  return `# team completion bash: add to ~/.bashrc: source <(npx team completion bash)
_team() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  case "$before" in
${choices.join('\n')}
  esac
${bashPlace(all)}
  case "$path" in
${places.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _team team`;
}

/** A description behind a colon, in which a colon of its own is no end of it. */
const described = (words: readonly Word[]): string => words.map(({ word, description }) => quoted(`${word}:${description.replaceAll(':', '\\:')}`)).join(' ');

export function zshCompletion(all: readonly Words[]): string {
  const choices = choicesIn(all).map(({ word, choices }) => `    ${word}) compadd -- ${choices.join(' ')}; return ;;`);
  const places = all.map(
    ({ path, commands, options }) => `    ${quoted(path)})
      subcommands=(${described(commands)})
      flags=(${described(options)})
      ;;`,
  );
  return `#compdef team
# team completion zsh: add to ~/.zshrc, after compinit: source <(npx team completion zsh)
_team() {
  local before="\${words[CURRENT-1]}" path_so_far='' word next
  local -a subcommands flags
  case "$before" in
${choices.join('\n')}
  esac
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${path_so_far:+$path_so_far }$word"
    case "$next" in
      ${all.filter(({ path }) => path !== '').map(({ path }) => quoted(path)).join(' | ')}) path_so_far="$next" ;;
    esac
  done
  case "$path_so_far" in
${places.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then _describe option flags; else _describe command subcommands; fi
}
compdef _team team`;
}

export function fishCompletion(all: readonly Words[]): string {
  const lines = all.flatMap(({ path, commands, options }) => {
    const here = ` -n ${quotedForFish(`__team_at ${path}`.trim())}`;
    return [
      ...commands.map(({ word, description }) => `complete -c team${here} -f -a ${word} -d ${quotedForFish(description)}`),
      ...options.map(
        ({ word, description, choices, takesValue }) =>
          `complete -c team${here} -f -l ${word.slice(2)}${takesValue ? ' -r' : ''}${choices.length > 0 ? ` -a ${quotedForFish(choices.join(' '))}` : ''} -d ${quotedForFish(description)}`,
      ),
    ];
  });
  const names = all.filter(({ path }) => path !== '').map(({ path }) => quotedForFish(path));
  return `# team completion fish: npx team completion fish > ~/.config/fish/completions/team.fish
function __team_at
  set -l path
  for word in (commandline -opc)[2..-1]
    set -l next (string join ' ' $path $word)
    contains -- "$next" ${names.join(' ')}; and set path $path $word
  end
  test "$path" = "$argv"
end
${lines.join('\n')}`;
}

/** fish takes a backslash for one before a backslash or a quote alone. */
const quotedForFish = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
