import { createElement } from 'react'
import { LooksPage } from '../looks-page.js'

export default async function Page({ searchParams }) {
  const { theme, className } = await searchParams
  return createElement(LooksPage, { theme, className })
}
