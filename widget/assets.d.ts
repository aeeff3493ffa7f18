/** Style sheets are imported as minified text (build.js). */
declare module '*.css' {
  const text: string
  export default text
}
