export function QualityPage() {
  return <main id="content" className="page" />
}
