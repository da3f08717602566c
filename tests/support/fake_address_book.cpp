#include "support/fake_address_book.h"

#include "contacts/merge.h"

#include <algorithm>

namespace longcode::tests {

using contacts::Contact;
using contacts::ContactId;

namespace {

template <typename T>
QFuture<Result<T, Failure>> ready(const T &value) {
    return QtFuture::makeReadyFuture(Result<T, Failure>(value));
}

template <typename T>
QFuture<Result<T, Failure>> refusal(const Failure &why) {
    return QtFuture::makeReadyFuture(Result<T, Failure>(failed(Failure(why))));
}

template <typename T>
QFuture<Result<T, Failure>> begin(QPromise<Result<T, Failure>> &promise) {
    promise = {};
    promise.start();
    promise.setProgressRange(0, 100);
    return promise.future();
}

template <typename T>
void finish(QPromise<Result<T, Failure>> &promise, const Result<T, Failure> &value) {
    promise.addResult(value);
    promise.finish();
}

contacts::ContactNumber number(const char *wire, const char *label) {
    return {phone::fromWire(QLatin1String(wire)), QString::fromLatin1(label)};
}

bool has(const Contact &contact, const phone::Address &address) {
    return std::any_of(contact.numbers.cbegin(), contact.numbers.cend(),
                       [&](const contacts::ContactNumber &one) { return one.address == address; });
}

} // namespace

int FakeContacts::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_contacts.size());
}

QVariant FakeContacts::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= m_contacts.size())
        return {};
    const Contact &contact = m_contacts.at(index.row());
    if (role == desk::ContactRole)
        return QVariant::fromValue(contact);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return contact.name.isEmpty() && !contact.numbers.isEmpty()
                   ? contact.numbers.constFirst().address.international()
                   : contact.name;
    return {};
}

void FakeContacts::set(const QList<Contact> &contacts) {
    beginResetModel();
    m_contacts = contacts;
    endResetModel();
}

void FakeAddressBook::setContacts(const QList<Contact> &contacts) {
    m_all = contacts;
    m_nextId += static_cast<int>(contacts.size());
    told();
}

void FakeAddressBook::told() {
    refill();
    Q_EMIT changed();
}

void FakeAddressBook::setSearch(const QString &text) {
    m_search = text;
    refill();
}

void FakeAddressBook::refill() {
    QList<Contact> shown;
    for (const Contact &contact : std::as_const(m_all)) {
        const bool byNumber =
            std::any_of(contact.numbers.cbegin(), contact.numbers.cend(), [this](const auto &one) {
                return one.address.wire().contains(m_search) ||
                       one.address.international().contains(m_search);
            });
        if (m_search.isEmpty() || byNumber || contact.name.contains(m_search, Qt::CaseInsensitive))
            shown.append(contact);
    }
    std::sort(shown.begin(), shown.end(),
              [](const Contact &a, const Contact &b) { return a.name.localeAwareCompare(b.name) < 0; });
    model.set(shown);
}

std::optional<Contact> FakeAddressBook::contact(const ContactId &id) const {
    for (const Contact &contact : m_all)
        if (contact.id == id)
            return contact;
    return std::nullopt;
}

std::optional<Contact> FakeAddressBook::of(const phone::Address &number) const {
    for (const Contact &contact : m_all)
        if (has(contact, number))
            return contact;
    return std::nullopt;
}

QFuture<Result<ContactId, Failure>> FakeAddressBook::save(const Contact &contact) {
    if (problem)
        return refusal<ContactId>(*problem);
    Contact kept = contact;
    if (kept.id.isEmpty())
        kept.id = ContactId(QStringLiteral("contact-%1").arg(++m_nextId));
    m_all.removeIf([&](const Contact &other) { return other.id == kept.id; });
    for (Contact &other : m_all)
        other.numbers.removeIf([&](const auto &one) { return has(kept, one.address); });
    m_all.append(kept);
    told();
    return ready(kept.id);
}

QFuture<Result<bool, Failure>> FakeAddressBook::remove(const ContactId &id) {
    if (problem)
        return refusal<bool>(*problem);
    m_all.removeIf([&](const Contact &other) { return other.id == id; });
    told();
    return ready(true);
}

Contact FakeAddressBook::merged(const QList<ContactId> &ids) const {
    Contact all;
    for (const ContactId &id : ids) {
        const auto one = contact(id);
        if (one)
            all = all.id.isEmpty() ? *one : contacts::merged(all, *one).contact;
    }
    return all;
}

QFuture<Result<ContactId, Failure>> FakeAddressBook::merge(const QList<ContactId> &ids,
                                                           const Contact &result) {
    m_all.removeIf([&](const Contact &other) { return ids.contains(other.id); });
    duplicates.removeIf([&](const QList<ContactId> &group) { return group.contains(ids.constFirst()); });
    canUndo = QStringLiteral("Merging %1").arg(result.name);
    return save(result);
}

QFuture<Result<desk::ImportPreview, Failure>> FakeAddressBook::preview(const QString &path) {
    previewed.append(path);
    return begin(m_preview);
}

QFuture<Result<contacts::ImportTotals, Failure>> FakeAddressBook::import(const QString &path) {
    imported.append(path);
    return begin(m_import);
}

QFuture<Result<QString, Failure>> FakeAddressBook::undoLast() {
    ++undone;
    canUndo.clear();
    Q_EMIT changed();
    return ready(QStringLiteral("Everything was taken back."));
}

QFuture<Result<int, Failure>> FakeAddressBook::exportTo(const QString &path, desk::ContactFormat format) {
    exported.append({path, format});
    return ready(count());
}

void FakeAddressBook::setPreviewProgress(int percent) {
    m_preview.setProgressValue(percent);
}

void FakeAddressBook::setImportProgress(int percent) {
    m_import.setProgressValue(percent);
}

void FakeAddressBook::answerPreview(const Result<desk::ImportPreview, Failure> &result) {
    finish(m_preview, result);
}

void FakeAddressBook::answerImport(const Result<contacts::ImportTotals, Failure> &result) {
    if (result)
        canUndo = QStringLiteral("The import of people.csv");
    finish(m_import, result);
    Q_EMIT changed();
}

QList<Contact> sampleContacts() {
    Contact maria;
    maria.id = ContactId(QStringLiteral("contact-1"));
    maria.name = QStringLiteral("Maria Keller");
    maria.givenName = QStringLiteral("Maria");
    maria.familyName = QStringLiteral("Keller");
    maria.organisation = QStringLiteral("Keller & Sons");
    maria.numbers = {number("+12125550188", "mobile"), number("+12125550189", "work")};
    maria.note = QStringLiteral("Prefers mornings.\nOrder 4521.");
    maria.language = QStringLiteral("en");
    maria.zone = QByteArrayLiteral("America/New_York");
    maria.custom = {{QStringLiteral("Customer number"), QStringLiteral("K-1043")}};
    Contact wilhelmina;
    wilhelmina.id = ContactId(QStringLiteral("contact-2"));
    wilhelmina.name =
        QStringLiteral("Wilhelmina-Alexandrovna von Hohenzollern-Sigmaringen (Einkauf, Standort Berlin)");
    wilhelmina.numbers = {number("+4930901820", "work")};
    wilhelmina.zone = QByteArrayLiteral("Europe/Berlin");
    Contact noor;
    noor.id = ContactId(QStringLiteral("contact-3"));
    noor.name = QStringLiteral("نور بكري");
    noor.numbers = {number("+97145550100", "")};
    noor.language = QStringLiteral("ar");
    Contact markup;
    markup.id = ContactId(QStringLiteral("contact-4"));
    markup.name = QStringLiteral("<b>Bold</b> <img src=http://example.com/x.png>");
    markup.numbers = {number("+13125550123", "home")};
    Contact nameless;
    nameless.id = ContactId(QStringLiteral("contact-5"));
    nameless.numbers = {number("+15559876543", "")};
    return {maria, wilhelmina, noor, markup, nameless};
}

desk::ImportPreview samplePreview() {
    const auto row = [](qint64 line, contacts::Outcome outcome, const QString &name, const char *wire) {
        contacts::RowVerdict verdict;
        verdict.line = line;
        verdict.outcome = outcome;
        verdict.contact.name = name;
        if (wire)
            verdict.contact.numbers = {number(wire, "mobile")};
        return verdict;
    };
    desk::ImportPreview preview;
    preview.fileName = QStringLiteral("people.csv");
    preview.encoding = QStringLiteral("UTF-8");
    preview.parsed = {row(2, contacts::Outcome::Parsed, QStringLiteral("Tom Brandt"), "+13125550124"),
                      row(3, contacts::Outcome::Parsed, QStringLiteral("Elif Polat"), "+16465550177")};
    preview.mended = {row(4, contacts::Outcome::Mended, QStringLiteral("Jo Wright"), "+17185550111")};
    preview.mended.first().mended = {QStringLiteral("The name: hidden characters were taken out.")};
    preview.merged = {row(5, contacts::Outcome::Merged, QStringLiteral("M. Keller"), "+12125550188")};
    preview.merged.first().into = ContactId(QStringLiteral("contact-1"));
    preview.merged.first().matchedNumbers = {QStringLiteral("+1 212-555-0188")};
    preview.refused = {row(6, contacts::Outcome::Refused, QStringLiteral("Nobody"), nullptr),
                       row(7, contacts::Outcome::Refused, QStringLiteral("Typing Error"), nullptr)};
    preview.refused.first().refusal = QStringLiteral("There is no phone number in this row.");
    preview.refused.last().refusal = QStringLiteral("“12-34” is too short for a phone number.");
    preview.totals = {.parsed = 2, .mended = 1, .merged = 1, .refused = 2};
    return preview;
}

} // namespace longcode::tests
