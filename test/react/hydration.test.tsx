import { act, cleanup, screen } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { S3Uploader } from 's3-direct-upload'
import { afterEach, expect, it } from 'vitest'

afterEach(() => {
  cleanup()
  document.documentElement.lang = ''
  document.body.replaceChildren()
})

it('takes over what the server rendered, then writes numbers of a locale without a code in the page’s language', async () => {
  const locale = { strings: { hintSize: 'je bis %{size}' } }
  const uploader = <S3Uploader endpoint="/api/s3" maxFileSize={1_500_000} locale={locale} />
  document.documentElement.lang = 'de'
  const container = document.createElement('div')
  container.innerHTML = renderToString(uploader)
  document.body.append(container)
  expect(screen.getByText('je bis 1.5 MB')).toBeVisible()

  const root = await act(async () => hydrateRoot(container, uploader))

  expect(screen.getByText('je bis 1,5 MB')).toBeVisible()
  await act(async () => root.unmount())
})
