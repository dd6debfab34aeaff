/** What the component has told the page. */
export type Happening =
  | { readonly kind: 'complete' | 'submitted'; readonly name: string }
  | {
      readonly kind: 'failed'
      readonly name: string
      readonly code: string
      readonly message: string
    }

declare global {
  interface Window {
    /** Put there by the page. */
    happenings: Happening[]
  }
}
