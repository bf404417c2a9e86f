/** Reading a station. */
export default function ReadingPage() {
  return <div />;
}
