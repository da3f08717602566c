#include "desk/live_address_book.h"

#include "base/when_finished.h"
#include "contacts/merge.h"
#include "contacts/plain_text.h"
#include "desk/contact_files.h"
#include "desk/random_token.h"
#include "store/desk_values.h"
#include "store/reader.h"

#include <QLocale>

#include <algorithm>
#include <map>

namespace longcode::desk {

using contacts::Contact;
using contacts::ContactId;

namespace {

using Written = Result<store::Changes, store::StoreError>;

/// Cleaned and bounded, as everything kept of a contact is.
Contact cleaned(Contact contact) {
    namespace bounds = contacts::bounds;
    for (QString *line : {&contact.name, &contact.givenName, &contact.familyName, &contact.organisation})
        *line = contacts::plainLine(*line, bounds::name).text;
    contact.note = contacts::plainLines(contact.note, bounds::note).text;
    for (contacts::ContactNumber &number : contact.numbers)
        number.label = contacts::plainLine(number.label, bounds::label).text;
    for (contacts::CustomField &field : contact.custom) {
        field.name = contacts::plainLine(field.name, bounds::label).text;
        field.value = contacts::plainLines(field.value, bounds::value).text;
    }
    contact.custom.removeIf([](const contacts::CustomField &field) { return field.name.isEmpty(); });
    contact.numbers = contact.numbers.mid(0, bounds::numbers);
    contact.custom = contact.custom.mid(0, bounds::customFields);
    return contact;
}

bool has(const Contact &contact, const phone::Address &number) {
    return std::any_of(contact.numbers.cbegin(), contact.numbers.cend(),
                       [&number](const contacts::ContactNumber &one) { return one.address == number; });
}

/// Digits without the zeros before them.
QString coreDigits(const QString &wire) {
    QString digits = phone::digitsOf(wire);
    while (digits.startsWith(QLatin1Char('0')))
        digits.remove(0, 1);
    return digits;
}

/// Groups of places in a list that belong together, found pair by pair.
class Groups {
public:
    explicit Groups(qsizetype count) {
        for (qsizetype i = 0; i < count; ++i)
            m_rootOf.append(i);
    }
    qsizetype root(qsizetype one) {
        while (m_rootOf[one] != one)
            one = m_rootOf[one] = m_rootOf[m_rootOf[one]];
        return one;
    }
    void join(qsizetype a, qsizetype b) { m_rootOf[root(std::max(a, b))] = root(std::min(a, b)); }

private:
    QList<qsizetype> m_rootOf;
};

/// The same name, or numbers that differ in form alone. `lines`: those of one contact together.
QList<QList<ContactId>> duplicatesIn(const QList<store::ContactLine> &lines) {
    constexpr qsizetype tellingDigits = 9;
    QStringList ids;
    for (const store::ContactLine &line : lines)
        if (ids.isEmpty() || ids.constLast() != line.id)
            ids.append(line.id);
    Groups groups(ids.size());
    QHash<QString, qsizetype> byName;
    QHash<QString, QList<std::pair<qsizetype, QString>>> byLastDigits;
    qsizetype i = 0;
    for (const store::ContactLine &line : lines) {
        i += line.id == ids[i] ? 0 : 1;
        const QString name = line.name.simplified().toCaseFolded();
        if (const auto same = byName.constFind(name); !name.isEmpty() && same != byName.cend())
            groups.join(*same, i);
        byName.insert(name, i);
        const QString digits = coreDigits(line.address);
        if (digits.size() < tellingDigits)
            continue;
        auto &known = byLastDigits[digits.right(tellingDigits)];
        for (const auto &[other, otherDigits] : std::as_const(known))
            if (digits.endsWith(otherDigits) || otherDigits.endsWith(digits))
                groups.join(other, i);
        known.append({i, digits});
    }
    std::map<qsizetype, QList<ContactId>> found;
    for (qsizetype place = 0; place < ids.size(); ++place)
        found[groups.root(place)].append(ContactId(ids[place]));
    QList<QList<ContactId>> duplicates;
    for (const auto &[root, together] : found)
        if (together.size() > 1)
            duplicates.append(together);
    return duplicates;
}

} // namespace

ContactModel::ContactModel(store::Reader &reader, QObject *parent)
    : QAbstractListModel(parent), m_reader(reader), m_ids(reader.contactIds()) {}

int ContactModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant ContactModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) ||
        (role != ContactRole && role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const QString &id = m_ids.at(index.row());
    if (!m_cache.contains(id)) {
        const auto record = m_reader.contact(id);
        m_cache.insert(id, new Contact(record ? record->contact : Contact()));
    }
    const Contact &contact = *m_cache.object(id);
    if (role == ContactRole)
        return QVariant::fromValue(contact);
    if (!contact.name.isEmpty() || contact.numbers.isEmpty())
        return contact.name;
    return contact.numbers.constFirst().address.international();
}

void ContactModel::setSearch(const QString &text) {
    const QString wanted = text.trimmed();
    if (wanted == m_search)
        return;
    m_search = wanted;
    reload();
}

void ContactModel::reload() {
    beginResetModel();
    m_cache.clear();
    m_ids = m_reader.contactIds(m_search);
    endResetModel();
}

LiveAddressBook::LiveAddressBook(store::Store &store, store::Reader &reader, const QString &folder,
                                 phone::Region home, const Clock &clock, QObject *parent)
    : AddressBook(parent)
    , m_store(store)
    , m_reader(reader)
    , m_folder(folder)
    , m_home(std::move(home))
    , m_clock(clock)
    , m_model(reader) {
    m_pool.setMaxThreadCount(1);
    m_reload.setSingleShot(true);
    m_reload.setInterval(100);
    connect(&m_reload, &QTimer::timeout, this, [this] {
        m_model.reload();
        Q_EMIT changed();
    });
    connect(&m_store, &store::Store::changed, this, &LiveAddressBook::onStoreChanged, Qt::QueuedConnection);
    takeBackHalfDone();
}

LiveAddressBook::~LiveAddressBook() {
    *m_ending = true;
    m_pool.waitForDone();
}

void LiveAddressBook::onStoreChanged(const store::Changes &changes) {
    if (!changes.contactsChanged)
        return;
    m_duplicates.reset();
    if (m_underWay == 0 && !m_reload.isActive())
        m_reload.start();
}

void LiveAddressBook::onDone() {
    if (--m_underWay == 0)
        m_reload.start();
}

/// Runs `work` on the thread for files, with a reader of its own. One at a time, in the order of asking.
template <typename T, typename Work>
QFuture<Result<T, Failure>> LiveAddressBook::inBackground(Work work) {
    auto promise = std::make_shared<QPromise<Result<T, Failure>>>();
    promise->setProgressRange(0, 100);
    promise->start();
    m_pool.start([this, promise, work, ending = m_ending, now = m_clock.now()] {
        const auto reader = m_store.openReader();
        if (!reader) {
            promise->addResult(failed(store::sentence(reader.error())));
        } else {
            const ContactWork how{.store = m_store,
                                  .reader = **reader,
                                  .home = m_home,
                                  .folder = m_folder,
                                  .now = now,
                                  .isCancelled = [&] { return *ending || promise->isCanceled(); },
                                  .isEnding = [&] { return ending->load(); },
                                  .tellPercent = [&](int percent) { promise->setProgressValue(percent); }};
            promise->addResult(work(how));
        }
        promise->finish();
    });
    return promise->future();
}

/// Changes many contacts, step by step. What can be taken back is another thing from its end on.
template <typename T>
QFuture<T> LiveAddressBook::toldOf(const QFuture<T> &future) {
    ++m_underWay;
    // A cancelled one ends without a result.
    auto *watcher = new QFutureWatcher<T>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        onDone();
    });
    watcher->setFuture(future);
    return future;
}

/// An import that the end of the program cut short: all of it or nothing.
void LiveAddressBook::takeBackHalfDone() {
    if (!QFile::exists(ContactJournal::underWayPath(m_folder)))
        return;
    toldOf(inBackground<bool>([](const ContactWork &work) -> Result<bool, Failure> {
        const auto trouble = takeBackUnderWay(work.folder, work.store, work.reader, work.isEnding);
        return trouble ? Result<bool, Failure>(failed(*trouble)) : true;
    }));
}

int LiveAddressBook::count() const {
    return m_reader.contactCount();
}

std::optional<Contact> LiveAddressBook::contact(const ContactId &id) const {
    const auto record = m_reader.contact(id.text());
    return record ? std::optional(record->contact) : std::nullopt;
}

std::optional<Contact> LiveAddressBook::of(const phone::Address &number) const {
    const auto record = m_reader.contactOf(number.wire());
    return record ? std::optional(record->contact) : std::nullopt;
}

QFuture<Result<ContactId, Failure>> LiveAddressBook::save(const Contact &contact) {
    Contact kept = cleaned(contact);
    if (kept.id.isEmpty())
        kept.id = ContactId(QString::fromLatin1(randomToken<4>()));
    const Contact before = this->contact(kept.id).value_or(Contact());
    return mapped<Result<ContactId, Failure>>(
        m_store.saveContacts({{kept}}, store::NameSource::Person), this,
        [this, kept, before](const Written &written) -> Result<ContactId, Failure> {
            if (!written)
                return failed(store::sentence(written.error()));
            for (const contacts::ContactNumber &number : kept.numbers)
                if (kept.name != before.name || !has(before, number.address))
                    Q_EMIT namedHere(number.address.wire(), kept.name);
            m_reload.start(); // also during an import: it is what the person looks for
            return kept.id;
        });
}

QFuture<Result<bool, Failure>> LiveAddressBook::remove(const ContactId &id) {
    return mapped<Result<bool, Failure>>(m_store.removeContacts({id.text()}), this,
                                         [this](const Written &written) -> Result<bool, Failure> {
                                             if (!written)
                                                 return failed(store::sentence(written.error()));
                                             m_reload.start();
                                             return true;
                                         });
}

QList<QList<ContactId>> LiveAddressBook::likelyDuplicates() const {
    if (!m_duplicates)
        m_duplicates = duplicatesIn(m_reader.contactLines());
    return *m_duplicates;
}

Contact LiveAddressBook::merged(const QList<ContactId> &ids) const {
    std::optional<Contact> all;
    for (const ContactId &id : ids)
        if (const auto one = contact(id))
            all = all ? contacts::merged(*all, *one).contact : *one;
    return all.value_or(Contact());
}

QFuture<Result<ContactId, Failure>> LiveAddressBook::merge(const QList<ContactId> &ids,
                                                           const Contact &result) {
    Contact kept = cleaned(result);
    if (kept.id.isEmpty())
        kept.id = ids.isEmpty() ? ContactId(QString::fromLatin1(randomToken<4>())) : ids.constFirst();
    return toldOf(inBackground<ContactId>([ids, kept](const ContactWork &work) -> Result<ContactId, Failure> {
        contacts::ContactChange change{.before = {}, .after = kept};
        QList<Contact> gone;
        QStringList remove;
        for (const ContactId &id : ids) {
            const auto record = work.reader.contact(id.text());
            if (record && id == kept.id) {
                change.before = record->contact;
            } else if (record) {
                gone.append(record->contact);
                remove.append(id.text());
            }
        }
        if (const auto trouble = takeBackUnderWay(work.folder, work.store, work.reader, work.isEnding))
            return failed(*trouble);
        ContactJournal journal(work.folder);
        const auto abandoned = [&](const Failure &why) {
            return failed(journal.abandon(why, work.store, work.reader, work.isEnding));
        };
        if (!journal.begin({JournalKind::Merge, kept.name, work.now}) || !journal.write({change}) ||
            !journal.writeRemoved(gone))
            return abandoned(journal.trouble());
        if (const auto written =
                work.store.changeContacts(remove, {{kept}}, store::NameSource::File).result();
            !written) {
            return abandoned(store::sentence(written.error()));
        }
        if (!journal.finish())
            return abandoned(journal.trouble());
        return kept.id;
    }));
}

QFuture<Result<ImportPreview, Failure>> LiveAddressBook::preview(const QString &path) {
    return inBackground<ImportPreview>([path](const ContactWork &work) { return previewFile(path, work); });
}

QFuture<Result<contacts::ImportTotals, Failure>> LiveAddressBook::import(const QString &path) {
    return toldOf(inBackground<contacts::ImportTotals>(
        [path](const ContactWork &work) { return importFile(path, work); }));
}

QString LiveAddressBook::undoable() const {
    const auto head = journalHead(ContactJournal::donePath(m_folder));
    if (!head)
        return {};
    const QString when = QLocale().toString(head->at.toLocalTime(), QLocale::ShortFormat);
    const QString name = contacts::excerpt(head->name);
    return head->kind == JournalKind::Merge ? tr("Merging into “%1”, %2").arg(name, when)
                                            : tr("The import of “%1”, %2").arg(name, when);
}

QFuture<Result<QString, Failure>> LiveAddressBook::undoLast() {
    return toldOf(inBackground<QString>([](const ContactWork &work) -> Result<QString, Failure> {
        return takeBackLast(work.folder, work.store, work.reader, work.isEnding);
    }));
}

QFuture<Result<int, Failure>> LiveAddressBook::exportTo(const QString &path, ContactFormat format) {
    return inBackground<int>(
        [path, format](const ContactWork &work) { return exportFile(path, format, work); });
}

} // namespace longcode::desk
