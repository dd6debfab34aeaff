import { unusableAnswer } from './s3-failure.js'

/** One page of a listing. */
export interface ListingPage<Item, Marker> {
  readonly items: readonly Item[]
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: Marker | undefined
}

/** How to read a listing that comes in pages. */
interface Paging<Item, Marker> {
  /** Reads the page behind a marker; `undefined` when there is nothing to list. */
  readonly readPage: (marker: Marker | undefined) => Promise<ListingPage<Item, Marker> | undefined>
  /** Tells whether a marker leads on; some servers ignore markers and send the first page for ever. */
  readonly isBehind: (next: Marker, marker: Marker) => boolean
}

const maxPages = 1000

/**
 * Reads every page of a listing; `undefined` when there is nothing to list.
 *
 * @throws S3RequestError after 1,000 pages.
 */
export async function readPages<Item, Marker>({
  readPage,
  isBehind,
}: Paging<Item, Marker>): Promise<readonly Item[] | undefined> {
  const items: Item[] = []
  let marker: Marker | undefined
  for (let count = 0; count < maxPages; count += 1) {
    const page = await readPage(marker)
    if (page === undefined) return undefined
    items.push(...page.items)
    const { next } = page
    if (next === undefined || (marker !== undefined && !isBehind(next, marker))) return items
    marker = next
  }
  throw unusableAnswer(`S3 lists more than ${maxPages} pages.`)
}
