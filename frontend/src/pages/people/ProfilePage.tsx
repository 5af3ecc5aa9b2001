export function ProfilePage() {
  return <main id="content" className="page" />
}
