import 's3-direct-upload/styles.css'

export const metadata = { title: 's3-direct-upload', icons: { icon: 'data:,' } }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
