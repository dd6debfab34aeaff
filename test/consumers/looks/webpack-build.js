import CssMinimizerPlugin from 'css-minimizer-webpack-plugin'
import MiniCssExtractPlugin from 'mini-css-extract-plugin'
import webpack from 'webpack'

// The usual way of style sheets through webpack, cssnano at its end. Scripts stay as they are, to save time.
const compiler = webpack({
  mode: 'production',
  entry: './main.js',
  output: { path: `${import.meta.dirname}/out`, clean: true },
  module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
  plugins: [new MiniCssExtractPlugin()],
  optimization: { minimizer: [new CssMinimizerPlugin()] },
  performance: { hints: false },
})

compiler.run((error, stats) => {
  if (!error && !stats.hasErrors()) return
  console.error(error ?? stats.toString('errors-only'))
  process.exitCode = 1
})
