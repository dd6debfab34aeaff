// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { S3Download, S3Uploader, useS3Uploader } from 's3-direct-upload'
import { expect, it } from 'vitest'

it('renders on a server without a window', () => {
  expect(typeof window).toBe('undefined')

  const html = renderToString(
    <S3Uploader endpoint="/api/s3" maxFileSize="10MB" accept="image/*" name="files" />,
  )

  expect(html).toContain('browse')
  expect(html).toContain('up to 10 MB each')
})

it('lets a headless uploader render on a server', () => {
  const Headless = () => <p>{useS3Uploader({ endpoint: '/api/s3' }).summary.total} files</p>

  expect(renderToString(<Headless />)).toBe('<p>0<!-- --> files</p>')
})

it('lets downloads render on a server', () => {
  const html = renderToString(
    <>
      <S3Download endpoint="/api/s3" fileKey="a.pdf" />
      <S3Download publicUrl="https://cdn.test/b.pdf" />
    </>,
  )

  expect(html).toMatch(/<button .*Download<\/button>/)
  expect(html).toContain('href="https://cdn.test/b.pdf"')
})

it('renders a fixed theme on a server, and leaves the scheme of the page to the style sheet', () => {
  const html = renderToString(
    <>
      <S3Uploader endpoint="/api/s3" theme="dark" />
      <S3Download endpoint="/api/s3" fileKey="a.pdf" theme="dark" />
    </>,
  )
  const auto = renderToString(<S3Uploader endpoint="/api/s3" />)

  expect(html.match(/data-theme="dark" data-scheme="dark"/g)).toHaveLength(2)
  expect(auto).not.toContain('data-scheme')
})
