export function PeoplePage() {
  return <main id="content" className="page" />
}
