/** Tells a screen reader what an instructor who looks elsewhere should hear: a hand, a group that is stuck, the gate. */
import type { ClassView } from '../../classroom/instructor/class-view.ts';
import { namedClusters, reasonWords } from '../../classroom/instructor/seat-words.ts';
import { announce } from './notices.ts';

/** A group is told of once it has so many. */
const GROUP = 3;

/** Tells what is new. */
export interface Announcer {
  tell(view: ClassView): void;
}

/** One that has told nothing yet; what is there at first is on the screen and not told. */
export function createAnnouncer(): Announcer {
  let told: ReadonlySet<string> | null = null;
  return {
    tell(view) {
      const now = newsworthy(view);
      const before = told;
      const news = before === null ? [] : [...now].filter(([key]) => !before.has(key)).map(([, sentence]) => sentence);
      told = new Set(now.keys());
      if (news.length > 0) announce(news.slice(0, 3).join(' '));
    },
  };
}

/** What is to be told, by what makes it the same thing. */
function newsworthy(view: ClassView): ReadonlyMap<string, string> {
  const hands = [...view.seats.values()].flatMap(({ seat, name, hand }): [string, string][] =>
    hand ? [[`hand ${seat} ${hand.at}`, `${name} raised a hand${hand.note ? `: ${hand.note}` : ''}.`]] : [],
  );
  const groups = namedClusters(view)
    .filter(({ seats }) => seats.length >= GROUP)
    .map(({ key, seats, title, reason }): [string, string] => [
      `cluster ${key}`,
      `${seats.length} are stuck at ${title}: ${reasonWords(reason)}.`,
    ]);
  return new Map([...hands, ...groups]);
}
