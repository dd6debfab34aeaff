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

it('takes over what the server rendered, then writes numbers in the page’s language', async () => {
  const uploader = <S3Uploader endpoint="/api/s3" maxFileSize={1_500_000} />
  document.documentElement.lang = 'de'
  const container = document.createElement('div')
  container.innerHTML = renderToString(uploader)
  document.body.append(container)
  expect(screen.getByText('up to 1.5 MB each')).toBeVisible()

  const root = await act(async () => hydrateRoot(container, uploader))

  expect(screen.getByText('up to 1,5 MB each')).toBeVisible()
  await act(async () => root.unmount())
})
