import { createElement as h } from 'react'
import 's3-direct-upload/styles.css'

export const metadata = { title: 'Looks', icons: { icon: 'data:,' } }

// A script of the app may mark the page before React takes it over.
export default function Layout({ children }) {
  return h('html', { lang: 'en', suppressHydrationWarning: true }, h('body', null, children))
}
