/** Where a signed URL is to go. Create it in the click itself: later, browsers take a new tab for an advertisement. */
interface DownloadTarget {
  /** Goes there. */
  follow(url: string): void
  /** Nothing came of it. */
  close(): void
}

/** The browser saves what the URL leads to, and the page stays: S3 answers with `Content-Disposition: attachment`. */
export function toDisk(): DownloadTarget {
  return { follow: (url) => clickLink(url, { download: '' }), close() {} }
}

/** A new tab that shows what the URL leads to. */
export function toNewTab(): DownloadTarget {
  // "noopener" would give no tab to lead on, so the way back is cut by hand.
  const tab = globalThis.open('about:blank', '_blank')
  if (tab === null) return { follow: (url) => clickLink(url, { target: '_blank' }), close() {} }
  tab.opener = null
  return {
    // `replace`, so that "back" does not lead to the empty page.
    follow: (url) => tab.location.replace(url),
    close: () => tab.close(),
  }
}

/** Downloads what anyone may read. From another origin browsers may show it all the same: not in place of the page. */
export function followPublicUrl(url: string, name: string): void {
  // Such an address would run as a script of the page: where a user may have written it, that is an attack.
  if (new URL(url, document.baseURI).protocol === 'javascript:') return
  clickLink(url, { download: name, target: '_blank' })
}

function clickLink(url: string, attributes: { download?: string; target?: string }): void {
  const link = Object.assign(document.createElement('a'), {
    ...attributes,
    href: url,
    rel: 'noreferrer',
    hidden: true,
  })
  document.body.append(link)
  link.click()
  link.remove()
}
