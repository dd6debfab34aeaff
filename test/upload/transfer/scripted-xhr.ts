/** An XMLHttpRequest of which a test decides what it reports; the latest is in `requests`. */
export class ScriptedXhr extends EventTarget {
  static requests: ScriptedXhr[] = []
  readonly upload: {
    onprogress?: (event: { loaded: number; total: number }) => void
    onload?: () => void
  } = {}
  readonly status = 204
  readonly responseText = ''
  readonly getAllResponseHeaders = () => ''
  onload?: () => void
  onerror?: () => void
  onabort?: () => void

  open(): void {}

  setRequestHeader(): void {}

  send(): void {
    ScriptedXhr.requests.push(this)
  }

  abort(): void {
    this.onabort?.()
  }

  reports(loaded: number, total: number): void {
    this.upload.onprogress?.({ loaded, total })
  }

  answers(): void {
    this.onload?.()
    this.dispatchEvent(new Event('load'))
  }
}
