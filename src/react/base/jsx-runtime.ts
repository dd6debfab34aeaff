/** What elements are made with: as with React, the built package imports it once. */

export { Fragment, jsx, jsxs } from 'react/jsx-runtime'
