import type { Message, MessageKey, UploaderLocale } from './messages.js'

/** All texts in one language. It is plain data: a server component can hand it to the component. */
export interface LocalePack extends UploaderLocale {
  readonly code: string
  readonly dir: 'ltr' | 'rtl'
  readonly strings: Readonly<Record<MessageKey, Message>> & {
    readonly [name: `error:${string}`]: string
  }
}
