#include "desk/contact_journal.h"

#include "base/durable_file.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <tuple>

namespace longcode::desk {

using contacts::Contact;
using contacts::ContactId;

namespace {

struct JournalWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::desk::ContactJournal)
};

constexpr qsizetype longestLine = 4 << 20;
constexpr int contactsPerStep = 500;

QJsonObject toJson(const Contact &contact) {
    QJsonArray numbers, custom;
    for (const contacts::ContactNumber &number : contact.numbers)
        numbers.append(QJsonObject{{QStringLiteral("number"), number.address.wire()},
                                   {QStringLiteral("label"), number.label}});
    for (const contacts::CustomField &field : contact.custom)
        custom.append(
            QJsonObject{{QStringLiteral("name"), field.name}, {QStringLiteral("value"), field.value}});
    return {{QStringLiteral("id"), contact.id.text()},
            {QStringLiteral("name"), contact.name},
            {QStringLiteral("given"), contact.givenName},
            {QStringLiteral("family"), contact.familyName},
            {QStringLiteral("organisation"), contact.organisation},
            {QStringLiteral("numbers"), numbers},
            {QStringLiteral("note"), contact.note},
            {QStringLiteral("language"), contact.language},
            {QStringLiteral("zone"), QString::fromLatin1(contact.zone)},
            {QStringLiteral("custom"), custom}};
}

Contact contactOf(const QJsonObject &json) {
    const auto text = [&json](const char *name) { return json.value(QLatin1String(name)).toString(); };
    Contact contact;
    contact.id = ContactId(text("id"));
    contact.name = text("name");
    contact.givenName = text("given");
    contact.familyName = text("family");
    contact.organisation = text("organisation");
    contact.note = text("note");
    contact.language = text("language");
    contact.zone = text("zone").toLatin1();
    for (const QJsonValue &one : json.value(QLatin1String("numbers")).toArray())
        contact.numbers.append({phone::fromWire(one[QLatin1String("number")].toString()),
                                one[QLatin1String("label")].toString()});
    for (const QJsonValue &one : json.value(QLatin1String("custom")).toArray())
        contact.custom.append(
            {one[QLatin1String("name")].toString(), one[QLatin1String("value")].toString()});
    return contact;
}

Failure ended() {
    return {JournalWords::tr("It was stopped."), {}};
}

QByteArray lineOf(const QJsonObject &json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

/// Reads a journal forward, and again at places.
class JournalReader {
public:
    explicit JournalReader(const QString &path) : m_file(path) {
        m_isOpen = m_file.open(QIODevice::ReadOnly);
    }

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    /// Empty at the end, and from a line on that was not written whole: what it tells of was not done.
    QJsonObject next(qint64 &offset) {
        offset = m_file.pos();
        // Into one place: readLine() by itself makes room for the longest line each time.
        const qint64 length = m_file.readLine(m_line.data(), m_line.size());
        if (length < 1 || m_line.at(length - 1) != '\n')
            return {};
        return QJsonDocument::fromJson(QByteArray::fromRawData(m_line.constData(), length)).object();
    }
    QJsonObject at(qint64 offset) {
        qint64 there = 0;
        return m_file.seek(offset) ? next(there) : QJsonObject();
    }

private:
    QFile m_file;
    QByteArray m_line = QByteArray(longestLine, Qt::Uninitialized);
    bool m_isOpen = false;
};

struct Places {
    qint64 first = 0, last = 0;
};

/// One journal on its way back.
class TakingBack {
public:
    TakingBack(const QString &path, store::Store &store, store::Reader &reader,
               const std::function<bool()> &isEnding)
        : m_journal(path), m_store(store), m_reader(reader), m_isEnding(isEnding) {}

    Result<QString, Failure> run();

private:
    std::optional<Failure> someOf(const QList<Places> &places);
    std::optional<Failure> putBackRemoved();
    std::optional<Failure> write(const QStringList &remove, const QList<store::ContactRecord> &save);
    [[nodiscard]] std::optional<Contact> present(const ContactId &id) {
        const auto record = m_reader.contact(id.text());
        return record ? std::optional(record->contact) : std::nullopt;
    }
    [[nodiscard]] QString inWords() const;

    JournalReader m_journal;
    store::Store &m_store;
    store::Reader &m_reader;
    const std::function<bool()> &m_isEnding;
    QList<Contact> m_removed;
    qint64 m_gone = 0, m_restored = 0, m_kept = 0;
    QStringList m_whyKept;
};

std::optional<Failure> TakingBack::write(const QStringList &remove, const QList<store::ContactRecord> &save) {
    if (remove.isEmpty() && save.isEmpty())
        return std::nullopt;
    const auto written = m_store.changeContacts(remove, save, store::NameSource::File).result();
    return written ? std::nullopt : std::optional(store::sentence(written.error()));
}

std::optional<Failure> TakingBack::someOf(const QList<Places> &places) {
    contacts::ImportUndo undo;
    for (const Places &place : places) {
        const QJsonObject first = m_journal.at(place.first);
        const QJsonObject last = m_journal.at(place.last);
        const Contact after = contactOf(last.value(QLatin1String("after")).toObject());
        if (!first.contains(QLatin1String("before"))) {
            undo.added.append(after);
            continue;
        }
        const Contact before = contactOf(first.value(QLatin1String("before")).toObject());
        // Taken back before, or never done.
        if (present(before.id) != before)
            undo.changed.append({before, after});
    }
    const contacts::UndoPlan plan =
        contacts::planUndo(undo, [this](const ContactId &id) { return present(id); });
    QStringList remove;
    QList<store::ContactRecord> save;
    for (const ContactId &id : plan.remove)
        remove.append(id.text());
    for (const Contact &contact : plan.restore)
        save.append({contact});
    // What could not be read looks as if it were gone, and would stay for ever.
    if (const auto unread = m_reader.takeError())
        return store::sentence(*unread);
    m_gone += remove.size();
    m_restored += save.size();
    m_kept += plan.kept.size();
    for (const contacts::UndoPlan::Kept &kept : plan.kept)
        if (m_whyKept.size() < 5)
            m_whyKept.append(kept.why);
    return write(remove, save);
}

/// Of a merge; not when its outcome was changed since, for the numbers are its own now.
std::optional<Failure> TakingBack::putBackRemoved() {
    QList<store::ContactRecord> save;
    for (const Contact &contact : std::as_const(m_removed))
        if (m_kept == 0 && !present(contact.id))
            save.append({contact});
    if (const auto unread = m_reader.takeError())
        return store::sentence(*unread);
    m_restored += save.size();
    return write({}, save);
}

QString TakingBack::inWords() const {
    QStringList words;
    if (m_gone > 0)
        words.append(JournalWords::tr("%n contacts were removed again.", nullptr, static_cast<int>(m_gone)));
    if (m_restored > 0)
        words.append(
            JournalWords::tr("%n contacts are as they were before.", nullptr, static_cast<int>(m_restored)));
    if (words.isEmpty())
        words.append(JournalWords::tr("Nothing was left to take back."));
    words += m_whyKept;
    if (m_kept > m_whyKept.size())
        words.append(JournalWords::tr("%n more were changed since, too.", nullptr,
                                      static_cast<int>(m_kept - m_whyKept.size())));
    return words.join(QLatin1Char(' '));
}

Result<QString, Failure> TakingBack::run() {
    if (!m_journal.isOpen())
        return failed(Failure{JournalWords::tr("There is nothing to take back."), {}});
    std::ignore = m_reader.takeError(); // an older one says nothing of what is read now
    QHash<QString, Places> places;
    QStringList order;
    qint64 offset = 0;
    m_journal.next(offset); // the head
    for (QJsonObject line = m_journal.next(offset); !line.isEmpty(); line = m_journal.next(offset)) {
        if (line.contains(QLatin1String("removed"))) {
            m_removed.append(contactOf(line.value(QLatin1String("removed")).toObject()));
            continue;
        }
        const QString id = line.value(QLatin1String("after"))[QLatin1String("id")].toString();
        if (!places.contains(id)) {
            places.insert(id, {offset, offset});
            order.append(id);
        }
        places[id].last = offset;
    }
    for (qsizetype from = 0; from < order.size(); from += contactsPerStep) {
        if (m_isEnding())
            return failed(ended());
        QList<Places> some;
        for (const QString &id : order.mid(from, contactsPerStep))
            some.append(places.value(id));
        if (const auto trouble = someOf(some))
            return failed(*trouble);
    }
    if (const auto trouble = putBackRemoved())
        return failed(*trouble);
    return inWords();
}

} // namespace

ContactJournal::ContactJournal(const QString &folder) : m_folder(folder), m_file(underWayPath(folder)) {}

QString ContactJournal::donePath(const QString &folder) {
    return folder + QStringLiteral("/undo/contacts.jsonl");
}

QString ContactJournal::underWayPath(const QString &folder) {
    return folder + QStringLiteral("/undo/contacts-under-way.jsonl");
}

bool ContactJournal::begin(const JournalHead &head) {
    if (!QDir().mkpath(m_folder + QStringLiteral("/undo")) ||
        !m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return false;
    m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return writeLines(lineOf({{QStringLiteral("merge"), head.kind == JournalKind::Merge},
                              {QStringLiteral("name"), head.name},
                              {QStringLiteral("at"), head.at.toUTC().toString(Qt::ISODateWithMs)}}));
}

bool ContactJournal::write(const QList<contacts::ContactChange> &changes) {
    QByteArray lines;
    for (const contacts::ContactChange &change : changes) {
        QJsonObject line{{QStringLiteral("after"), toJson(change.after)}};
        if (!change.before.id.isEmpty())
            line.insert(QStringLiteral("before"), toJson(change.before));
        lines += lineOf(line);
    }
    return writeLines(lines);
}

bool ContactJournal::writeRemoved(const QList<Contact> &removed) {
    QByteArray lines;
    for (const Contact &contact : removed)
        lines += lineOf({{QStringLiteral("removed"), toJson(contact)}});
    return writeLines(lines);
}

bool ContactJournal::writeLines(const QByteArray &lines) {
    return m_file.write(lines) == lines.size() && flushToDisk(m_file);
}

bool ContactJournal::finish() {
    m_file.close();
    return !replaceFile(underWayPath(m_folder), donePath(m_folder));
}

Failure ContactJournal::trouble() const {
    return {JournalWords::tr("What is to be undone later could not be written to %1: %2")
                .arg(m_file.fileName(), m_file.errorString()),
            JournalWords::tr("Free some space on the disk, then try again.")};
}

Failure ContactJournal::abandon(Failure why, store::Store &store, store::Reader &reader,
                                const std::function<bool()> &isEnding) {
    m_file.close();
    const bool isBack = !isEnding() && !takeBackUnderWay(m_folder, store, reader, isEnding);
    why.remedy =
        QString(why.remedy + u' ' +
                (isBack ? JournalWords::tr("Nothing was changed.")
                        : JournalWords::tr("Some of it may be done already; Longcode takes that back "
                                           "before the next import, or at its next start.")))
            .trimmed();
    return why;
}

std::optional<JournalHead> journalHead(const QString &path) {
    JournalReader journal(path);
    qint64 offset = 0;
    const QJsonObject head = journal.isOpen() ? journal.next(offset) : QJsonObject();
    if (head.isEmpty())
        return std::nullopt;
    return JournalHead{
        .kind = head.value(QLatin1String("merge")).toBool() ? JournalKind::Merge : JournalKind::Import,
        .name = head.value(QLatin1String("name")).toString(),
        .at = QDateTime::fromString(head.value(QLatin1String("at")).toString(), Qt::ISODateWithMs)};
}

Result<QString, Failure> takeBack(const QString &path, store::Store &store, store::Reader &reader,
                                  const std::function<bool()> &isEnding) {
    return TakingBack(path, store, reader, isEnding).run();
}

std::optional<Failure> takeBackUnderWay(const QString &folder, store::Store &store, store::Reader &reader,
                                        const std::function<bool()> &isEnding) {
    const QString path = ContactJournal::underWayPath(folder);
    if (!QFile::exists(path))
        return std::nullopt;
    if (const auto back = takeBack(path, store, reader, isEnding); !back)
        return back.error();
    if (QFile::remove(path))
        return std::nullopt;
    return Failure{JournalWords::tr("%1 cannot be removed.").arg(path),
                   JournalWords::tr("Check that you may write to its folder, then try again.")};
}

Result<QString, Failure> takeBackLast(const QString &folder, store::Store &store, store::Reader &reader,
                                      const std::function<bool()> &isEnding) {
    if (const auto trouble = takeBackUnderWay(folder, store, reader, isEnding))
        return failed(*trouble);
    const QString done = ContactJournal::donePath(folder), underWay = ContactJournal::underWayPath(folder);
    if (!QFile::exists(done))
        return failed(Failure{JournalWords::tr("There is nothing to take back."), {}});
    if (replaceFile(done, underWay))
        return failed(Failure{JournalWords::tr("%1 cannot be renamed.").arg(done),
                              JournalWords::tr("Check that you may write to its folder, then try again.")});
    auto back = takeBack(underWay, store, reader, isEnding);
    if (back)
        QFile::remove(underWay);
    else if (!isEnding())
        std::ignore = replaceFile(underWay, done); // a person may try again
    return back;
}

} // namespace longcode::desk
