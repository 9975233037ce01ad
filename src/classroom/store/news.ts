/** What server processes of one class tell each other: what changed, never how. Whoever hears it reads the database. */
import * as z from 'zod';

const storeNews = z.discriminatedUnion('type', [
  z.object({ type: z.literal('class'), class: z.string() }),
  z.object({ type: z.literal('seats'), class: z.string(), seats: z.array(z.string()) }),
  // `known`: in journals that were told of before.
  z.object({ type: z.literal('reports'), class: z.string(), seats: z.array(z.string()), known: z.boolean().optional() }),
  z.object({ type: z.literal('messages'), class: z.string() }),
  z.object({ type: z.literal('presence'), class: z.string() }),
  z.object({ type: z.literal('screen'), class: z.string(), seat: z.string() }),
]);
const told = z.object({ origin: z.string(), news: storeNews });

/** Something in the database has changed. */
export type StoreNews = z.infer<typeof storeNews>;

/** A notification of PostgreSQL holds less than 8,000 bytes; so many seats fit well. */
const MOST_SEATS = 200;

/**
 * News as texts, several where it would be too long for one.
 * @param origin the process that tells.
 */
export function encodeNews(origin: string, news: StoreNews): string[] {
  const encode = (one: StoreNews): string => JSON.stringify({ origin, news: one });
  if (!('seats' in news) || news.seats.length <= MOST_SEATS) return [encode(news)];
  const texts: string[] = [];
  for (let from = 0; from < news.seats.length; from += MOST_SEATS) {
    texts.push(encode({ ...news, seats: news.seats.slice(from, from + MOST_SEATS) }));
  }
  return texts;
}

/**
 * Reads what was told; null where it is one's own, of another class, or not understood.
 * @param text as it came.
 * @param origin this process.
 * @param classId its class.
 */
export function decodeNews(text: string, origin: string, classId: string): StoreNews | null {
  try {
    const { origin: from, news } = told.parse(JSON.parse(text));
    return from === origin || news.class !== classId ? null : news;
  } catch {
    return null;
  }
}
