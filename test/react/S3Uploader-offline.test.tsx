import { screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { fileOf, renderUploader, seen } from './render-uploader.js'

it('says once for all files that there is no connection, until it is back', async () => {
  const { choose, container } = renderUploader()
  const { fetch } = globalThis
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))

  await choose(...[1, 2, 3, 4, 5].map((index) => fileOf(`${index}.txt`)))

  expect(await screen.findByText(/^You are offline/, seen, { timeout: 1000 })).toBeVisible()
  const notices = [...container.querySelectorAll<HTMLElement>('[data-part=notice]')]
  expect(notices.map(({ dataset }) => [dataset.name, dataset.kind])).toEqual([
    ['offline', 'warning'],
  ])
  await within(screen.getByRole('status')).findByText(/^You are offline/)
  const rows = screen.getAllByRole('listitem')
  expect(rows.map((row) => row.getAttribute('data-reason'))).toEqual(Array(5).fill('offline'))
  for (const row of rows) expect(row.textContent).toMatch(/bytes.*Waiting for the connection$/)
  expect(container.textContent).not.toMatch(/endpoint|fetch|network/i)

  vi.stubGlobal('fetch', fetch)
  onLine.mockReturnValue(true)
  window.dispatchEvent(new Event('online'))

  await screen.findByText('All 5 files uploaded', seen)
  await waitFor(() => expect(screen.queryByText(/^You are offline/, seen)).toBeNull())
  expect(document.querySelector('[data-reason]')).toBeNull()
})
