import { screen, waitFor } from '@testing-library/react'
import { createRef, StrictMode } from 'react'
import { S3Download } from 's3-direct-upload'
import { describe, expect, it, vi } from 'vitest'
import { startDownloads, stubTab } from './render-download.js'

const key = 'files/report.pdf'

describe('a private file', () => {
  it('is signed by a click and handed to the browser, and the page stays', async () => {
    const site = startDownloads()
    await site.put(key, 'the report')
    const onDownloadStart = vi.fn()
    const { user } = site.show(
      <StrictMode>
        <S3Download
          endpoint="/api/s3"
          fileKey={key}
          fileName="Bericht é.pdf"
          onDownloadStart={onDownloadStart}
        />
      </StrictMode>,
    )
    expect(site.bodies).toEqual([])

    await user.click(screen.getByRole('button', { name: 'Download Bericht é.pdf' }))

    await waitFor(() => expect(onDownloadStart).toHaveBeenCalledOnce())
    expect(site.followed).toHaveLength(1)
    expect(site.followed[0]).toMatchObject({ target: '', download: '', rel: 'noreferrer' })
    expect(await site.textBehind(site.followed[0]?.href)).toEqual({
      text: 'the report',
      disposition: expect.stringContaining('Bericht%20%C3%A9.pdf'),
    })
  })

  it('may be named by its receipt', async () => {
    const site = startDownloads()
    const { key, token } = await site.signOne({ size: 5 })
    await site.put(key, 'hello', { 'content-type': 'image/jpeg' })
    const { uploads } = await site.run('complete-uploads', { uploads: [{ token }] })
    const receipt = uploads[0] && 'receipt' in uploads[0] ? uploads[0].receipt : ''
    const { user } = site.show(<S3Download endpoint="/api/s3" receipt={receipt} />)

    await user.click(screen.getByRole('button', { name: 'Download' }))

    await waitFor(() => expect(site.followed).toHaveLength(1))
  })

  it('says that it is being signed, and is not signed twice meanwhile', async () => {
    const site = startDownloads()
    await site.put(key)
    const go = site.hold()
    const { user } = site.show(<S3Download endpoint="/api/s3" fileKey={key} />)
    const button = screen.getByRole('button')

    await user.dblClick(button)

    expect(button).toHaveAttribute('data-status', 'signing')
    expect(button).toHaveAttribute('aria-busy', 'true')
    expect(button).toHaveFocus()
    expect(screen.getByRole('status')).toHaveTextContent('Preparing the download')
    go()
    await waitFor(() => expect(button).toHaveAttribute('data-status', 'started'))
    expect(screen.getByRole('status')).toHaveTextContent('Download started')
    expect(site.bodies).toHaveLength(1)
  })

  it('is signed anew by every click', async () => {
    const site = startDownloads()
    await site.put(key)
    const { user } = site.show(<S3Download endpoint="/api/s3" fileKey={key} />)

    await user.click(screen.getByRole('button'))
    await waitFor(() => expect(site.followed).toHaveLength(1))
    site.wait(1000)
    await user.click(screen.getByRole('button'))
    await waitFor(() => expect(site.followed).toHaveLength(2))

    expect(await site.textBehind(site.followed[1]?.href)).toMatchObject({ text: 'hello' })
  })

  it.each([
    [
      'that may not be downloaded',
      { authorizeDownload: () => false },
      'You are not allowed to download this file. Ask the people who run this page.',
    ],
    ['that is gone', {}, 'The file is no longer there. Upload it again.'],
  ])('%s says so and can be tried again', async (_what, options, problem) => {
    const site = startDownloads(options)
    const onDownloadError = vi.fn()
    const { user } = site.show(
      <S3Download endpoint="/api/s3" fileKey={key} onDownloadError={onDownloadError} />,
    )

    await user.click(screen.getByRole('button'))

    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(problem))
    expect(screen.getByRole('button')).toHaveAttribute('data-status', 'failed')
    expect(screen.getByRole('button')).toBeEnabled()
    expect(onDownloadError).toHaveBeenCalledOnce()
    expect(site.followed).toEqual([])
  })

  it('downloads although what was clicked is gone from the page', async () => {
    const site = startDownloads()
    await site.put(key)
    const go = site.hold()
    const { user, unmount } = site.show(<S3Download endpoint="/api/s3" fileKey={key} />)
    await user.click(screen.getByRole('button'))

    unmount()
    go()

    await waitFor(() => expect(site.followed).toHaveLength(1))
  })

  it('shares its request with others that are clicked at the same moment', async () => {
    const site = startDownloads()
    const keys = ['files/a', 'files/b', 'files/c']
    for (const each of keys) await site.put(each)
    site.show(
      <ul>
        {keys.map((each) => (
          <li key={each}>
            <S3Download endpoint="/api/s3" fileKey={each} />
          </li>
        ))}
      </ul>,
    )

    for (const button of screen.getAllByRole('button')) button.click()

    await waitFor(() => expect(site.followed).toHaveLength(3))
    expect(site.bodies).toHaveLength(1)
  })

  it('leaves its URL nowhere: not in the page, its storage or the console', async () => {
    const site = startDownloads()
    await site.put(key)
    const log = vi.spyOn(console, 'log')
    const { user } = site.show(<S3Download endpoint="/api/s3" fileKey={key} />)

    await user.click(screen.getByRole('button'))
    await waitFor(() => expect(site.followed).toHaveLength(1))

    expect(document.documentElement.outerHTML).not.toContain('X-Amz-')
    expect(JSON.stringify([localStorage, sessionStorage, history.state])).not.toContain('X-Amz-')
    expect(log).not.toHaveBeenCalled()
  })
})

describe('a file that is to be shown', () => {
  it('goes into a tab that the click opens and that cannot reach the page', async () => {
    const { tab, open } = stubTab()
    const site = startDownloads()
    await site.put(key, 'hello', { 'content-type': 'application/pdf' })
    const { user } = site.show(
      <S3Download endpoint="/api/s3" fileKey={key} disposition="inline" fileName="Report.pdf" />,
    )

    await user.click(screen.getByRole('button', { name: 'Open Report.pdf' }))

    expect(open).toHaveBeenCalledExactlyOnceWith('about:blank', '_blank')
    await waitFor(() => expect(tab.location.replace).toHaveBeenCalledOnce())
    expect(tab.opener).toBeNull()
    const [url] = tab.location.replace.mock.calls[0] ?? []
    expect(await site.textBehind(url)).toMatchObject({
      disposition: expect.stringMatching(/^inline/),
    })
  })

  it('closes the tab when it may not be shown', async () => {
    const { tab } = stubTab()
    const site = startDownloads({ authorizeDownload: () => false })
    const { user } = site.show(<S3Download endpoint="/api/s3" fileKey={key} disposition="inline" />)

    await user.click(screen.getByRole('button'))

    await waitFor(() => expect(tab.close).toHaveBeenCalledOnce())
    expect(tab.location.replace).not.toHaveBeenCalled()
  })

  it('is reached by a link where the browser opens no tab', async () => {
    stubTab().open.mockReturnValue(null)
    const site = startDownloads()
    await site.put(key)
    const { user } = site.show(<S3Download endpoint="/api/s3" fileKey={key} disposition="inline" />)

    await user.click(screen.getByRole('button'))

    await waitFor(() => expect(site.followed[0]).toMatchObject({ target: '_blank' }))
  })
})

describe('a public file', () => {
  it('is a plain link, for which nobody is asked', async () => {
    const site = startDownloads()
    const url = 'https://cdn.test/a%20b.pdf'
    const { user } = site.show(<S3Download publicUrl={url} fileName="a b.pdf" />)
    const link = screen.getByRole('link', { name: 'Download a b.pdf' })

    await user.click(link)

    expect(link).toHaveAttribute('href', url)
    expect(link).toHaveAttribute('download', 'a b.pdf')
    expect(link).toHaveAttribute('rel', 'noreferrer')
    expect(site.bodies).toEqual([])
  })

  it('to be shown opens in a new tab', () => {
    startDownloads().show(<S3Download publicUrl="https://cdn.test/a.pdf" disposition="inline" />)

    expect(screen.getByRole('link', { name: 'Open' })).toHaveAttribute('target', '_blank')
    expect(screen.getByRole('link')).not.toHaveAttribute('download')
  })

  it('leads nowhere while it is disabled', () => {
    startDownloads().show(<S3Download publicUrl="https://cdn.test/a.pdf" disabled />)

    expect(screen.getByText('Download')).not.toHaveAttribute('href')
    expect(screen.getByText('Download')).toHaveAttribute('aria-disabled', 'true')
  })
})

describe('the element', () => {
  it('takes class, ref, handlers and other props of the app', async () => {
    const site = startDownloads()
    const ref = createRef<HTMLButtonElement>()
    const onClick = vi.fn((event: React.MouseEvent) => event.preventDefault())
    const { user } = site.show(
      <S3Download
        endpoint="/api/s3"
        fileKey={key}
        className="mine"
        ref={ref}
        onClick={onClick}
        id="x"
      >
        Get it
      </S3Download>,
    )

    await user.click(screen.getByRole('button', { name: 'Get it' }))

    expect(ref.current).toBe(screen.getByRole('button'))
    expect(ref.current).toHaveClass('mine')
    expect(ref.current).toHaveAttribute('id', 'x')
    expect(onClick).toHaveBeenCalledOnce()
    expect(site.bodies).toEqual([])
  })

  it('may be another one, given or made by a function of the state', async () => {
    const site = startDownloads()
    await site.put(key)
    const { user } = site.show(
      <>
        <S3Download
          endpoint="/api/s3"
          fileKey={key}
          render={<button type="button" className="mine" title="given" />}
        />
        <S3Download
          endpoint="/api/s3"
          fileKey={key}
          render={({ children: _none, ...props }, state) => (
            <button type="button" {...props}>
              made, {state['data-status']}
            </button>
          )}
        />
      </>,
    )

    await user.click(screen.getByTitle('given'))
    await user.click(screen.getByRole('button', { name: 'made, ready' }))

    expect(screen.getByTitle('given')).toHaveClass('mine', 's3u-button')
    await waitFor(() => expect(site.followed).toHaveLength(2))
    expect(screen.getByRole('button', { name: 'made, started' })).toBeVisible()
  })

  it('speaks the language of the app', () => {
    startDownloads().show(
      <S3Download
        endpoint="/api/s3"
        fileKey={key}
        fileName="a.pdf"
        locale={{ strings: { download: 'Herunterladen', downloadFile: '%{file} herunterladen' } }}
      />,
    )

    expect(screen.getByRole('button', { name: 'a.pdf herunterladen' })).toHaveTextContent(
      'Herunterladen',
    )
  })

  it('does nothing while it is disabled', async () => {
    const site = startDownloads()
    const { user } = site.show(<S3Download endpoint="/api/s3" fileKey={key} disabled />)

    await user.click(screen.getByRole('button'))

    expect(site.bodies).toEqual([])
  })
})

it.each([
  {},
  { endpoint: '/api/s3' },
  { fileKey: 'a.pdf' },
  { endpoint: '/api/s3', fileKey: 'a.pdf', receipt: 'v1.x.y' },
  { endpoint: '/api/s3', fileKey: 'a.pdf', publicUrl: 'https://cdn.test/a.pdf' },
])('says what is missing when it is given %j', (props) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})

  expect(() => startDownloads().show(<S3Download {...props} />)).toThrow(/which file to download/)
})
