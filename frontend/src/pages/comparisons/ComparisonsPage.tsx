export function ComparisonsPage() {
  return <main id="content" className="page" />
}
