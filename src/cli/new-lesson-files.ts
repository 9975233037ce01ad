/** The files of a new lesson: small, complete, and passing `lockstep test --wrong` as they are. Pure. */

/** A file to write, its path relative to the lesson's folder. */
export interface NewFile {
  readonly path: string;
  readonly content: string;
}

/**
 * What a new lesson is made of.
 * @param name the folder's name.
 * @param schema the path of lesson.yaml's schema as seen from the folder.
 */
export function newLessonFiles(name: string, schema: string): readonly NewFile[] {
  return [
    { path: 'lesson.md', content: text(titleOf(name)) },
    { path: 'lesson.yaml', content: sheet(schema) },
    { path: 'wrong/greeting-misspelt.sh', content: wrongAnswer },
  ];
}

/** `my-first_lesson` becomes `My first lesson`. */
function titleOf(name: string): string {
  const words = name.replace(/[-_]+/g, ' ').trim() || 'A new lesson';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(title: string): string {
  return `# ${title}

One or two sentences: what will be learnt, and who it is for.

## Introduction

A section without anything to do or to check is only read. Delete this one, or say here what must be known first.

## Section 1 - Make a folder

Each section is a step that can be checked. Say what is to be done and why, then show how:

\`\`\`console
mkdir ~/greetings
ls -ld ~/greetings
\`\`\`

## Section 2 - Write a file

A block can also be the contents of a file. This is \`~/greetings/hello.txt\`:

\`\`\`text
Hello, world!
\`\`\`
`;
}

function sheet(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
version: 1
host: bare
user: ubuntu
summary: One sentence for the list of lessons.
minutes: 5

sections:
  section-1---make-a-folder:
    blocks: [run]
    checks:
      - file: /home/ubuntu/greetings
        type: directory
        owner: ubuntu
        title: there is a folder ~/greetings
        hint: "\`mkdir ~/greetings\` makes it."
    explain: |
      Shown once the section is done: what has happened, or what could be tried besides.

  section-2---write-a-file:
    blocks:
      - write: /home/ubuntu/greetings/hello.txt
    checks:
      - file: /home/ubuntu/greetings/hello.txt
        contains: Hello, world!
        title: hello.txt says hello to the world
        hint: "Choose the block with Tab and press Enter, or write the file with an editor: \`nano ~/greetings/hello.txt\`."
`;
}

const wrongAnswer = `# The greeting is misspelt.
#
# section: section-2---write-a-file
# from: done
# check: hello.txt says hello to the world
# reason: text-missing
sed -i 's/world/wrold/' ~/greetings/hello.txt
`;
