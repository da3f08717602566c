#include "desk/contact_files.h"

#include "contacts/csv_writer.h"
#include "contacts/import.h"
#include "contacts/merge.h"
#include "contacts/vcard_writer.h"
#include "desk/random_token.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>

namespace longcode::desk {

using contacts::Contact;
using contacts::ContactId;
using contacts::Outcome;
using contacts::RowVerdict;

namespace {

struct FileWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::desk::AddressBook)
};

constexpr qsizetype verdictsKept = 1'000;
constexpr qsizetype contactsPerBatch = 500;

Failure stopped() {
    return {FileWords::tr("It was stopped."), {}};
}

ContactFormat formatOf(QFile &file) {
    QByteArray beginning = file.peek(64);
    if (beginning.startsWith("\xEF\xBB\xBF"))
        beginning.remove(0, 3);
    return beginning.trimmed().toUpper().startsWith("BEGIN:VCARD") ? ContactFormat::VCard
                                                                   : ContactFormat::Csv;
}

/// Reads a file of either format to its end, or to the first `false`.
class JudgedFile {
public:
    JudgedFile(const QString &path, const ContactWork &work) : m_file(path), m_work(work) {}

    using OwnerOf = contacts::DryRun::OwnerOf;
    /// A failure when the file cannot be used at all, or was cancelled.
    Result<contacts::ImportReport, Failure> judge(const OwnerOf &ownerOf,
                                                  const std::function<bool(const RowVerdict &)> &take);
    [[nodiscard]] ContactFormat format() const { return m_format; }
    [[nodiscard]] QString name() const { return QFileInfo(m_file.fileName()).fileName(); }

private:
    QFile m_file;
    const ContactWork &m_work;
    ContactFormat m_format = ContactFormat::Csv;
    int m_percent = -1;
};

Result<contacts::ImportReport, Failure>
JudgedFile::judge(const OwnerOf &ownerOf, const std::function<bool(const RowVerdict &)> &take) {
    if (!m_file.open(QIODevice::ReadOnly))
        return failed(
            Failure{FileWords::tr("%1 cannot be read: %2").arg(m_file.fileName(), m_file.errorString()),
                    FileWords::tr("Check that the file is there and that you may read it.")});
    m_format = formatOf(m_file);
    contacts::DryRun run(m_work.home, ownerOf);
    const qint64 size = qMax(qint64(1), m_file.size());
    const contacts::VerdictSink sink = [&](const RowVerdict &verdict) {
        if (m_work.isCancelled())
            return false;
        const int percent = static_cast<int>(100 * m_file.pos() / size);
        if (percent != std::exchange(m_percent, percent))
            m_work.tellPercent(percent);
        return take(verdict);
    };
    contacts::ImportReport report = m_format == ContactFormat::VCard
                                        ? contacts::dryRunVCards(m_file, run, sink)
                                        : contacts::dryRunCsv(m_file, std::nullopt, run, sink);
    if (m_work.isCancelled())
        return failed(stopped());
    if (!report.hasNumbers)
        return failed(Failure{FileWords::tr("No column of %1 holds phone numbers.").arg(name()),
                              FileWords::tr("Give the column a heading such as “Phone”, then try again.")});
    return report;
}

ContactId ownerIn(store::Reader &reader, const phone::Address &number) {
    const auto record = reader.contactOf(number.wire());
    return record ? record->contact.id : ContactId();
}

/// One import on its way into the store.
class Import {
public:
    explicit Import(const ContactWork &work) : m_work(work), m_journal(work.folder) {}

    Result<contacts::ImportTotals, Failure> run(const QString &path);

private:
    [[nodiscard]] ContactId idOfLine(qint64 line) const {
        return ContactId(m_prefix + QString::number(line));
    }
    bool take(const RowVerdict &verdict);
    bool flush();
    [[nodiscard]] Contact contactNow(const ContactId &id);

    const ContactWork &m_work;
    ContactJournal m_journal;
    /// A contact's id tells its line, so that later rows find it without a list of all.
    QString m_prefix = QString::fromLatin1(randomToken<3>()) + QLatin1Char('-');
    QHash<ContactId, contacts::ContactChange> m_batch;
    std::optional<Failure> m_trouble;
};

Contact Import::contactNow(const ContactId &id) {
    if (const auto known = m_batch.constFind(id); known != m_batch.cend())
        return known->after;
    const auto record = m_work.reader.contact(id.text());
    return record ? record->contact : Contact();
}

bool Import::take(const RowVerdict &verdict) {
    if (verdict.outcome == Outcome::Refused)
        return true;
    if (verdict.outcome != Outcome::Merged) {
        Contact added = verdict.contact;
        added.id = idOfLine(verdict.line);
        m_batch.insert(added.id, {Contact(), added});
    } else {
        const ContactId id = verdict.into.isEmpty() ? idOfLine(verdict.intoLine) : verdict.into;
        const Contact now = contactNow(id);
        contacts::Merge merge = contacts::merged(now, verdict.contact);
        merge.contact.id = id;
        const auto known = m_batch.find(id);
        if (known != m_batch.end())
            known->after = merge.contact;
        else if (merge.hasChanged)
            m_batch.insert(id, {now, merge.contact});
    }
    return m_batch.size() < contactsPerBatch || flush();
}

bool Import::flush() {
    const QList<contacts::ContactChange> changes = m_batch.values();
    m_batch.clear();
    if (changes.isEmpty())
        return true;
    if (!m_journal.write(changes)) {
        m_trouble = m_journal.trouble();
        return false;
    }
    QList<store::ContactRecord> records;
    for (const contacts::ContactChange &change : changes)
        records.append({change.after});
    if (const auto written = m_work.store.saveContacts(records, store::NameSource::File).result(); !written) {
        m_trouble = store::sentence(written.error());
        return false;
    }
    return true;
}

Result<contacts::ImportTotals, Failure> Import::run(const QString &path) {
    JudgedFile file(path, m_work);
    if (const auto trouble = takeBackUnderWay(m_work.folder, m_work.store, m_work.reader, m_work.isEnding))
        return failed(*trouble);
    if (!m_journal.begin({JournalKind::Import, file.name(), m_work.now}))
        return failed(m_journal.abandon(m_journal.trouble(), m_work.store, m_work.reader, m_work.isEnding));
    // What this import brought belongs to its lines, stored already or not.
    const auto ownerOf = [this](const phone::Address &number) {
        const ContactId id = ownerIn(m_work.reader, number);
        return id.text().startsWith(m_prefix) ? ContactId() : id;
    };
    const auto report = file.judge(ownerOf, [this](const RowVerdict &verdict) { return take(verdict); });
    if (const auto unread = m_work.reader.takeError())
        m_trouble = m_trouble.value_or(store::sentence(*unread));
    if (!report)
        m_trouble = m_trouble.value_or(report.error());
    else if (!m_trouble && !report->whyEnded.isEmpty())
        m_trouble = Failure{report->whyEnded, FileWords::tr("Mend the file, then try again.")};
    if (!m_trouble && flush() && m_journal.finish())
        return report->totals;
    return failed(m_journal.abandon(m_trouble.value_or(m_journal.trouble()), m_work.store, m_work.reader,
                                    m_work.isEnding));
}

/// All contacts, one after the other; false ends it.
bool eachContact(const ContactWork &work, const std::function<bool(const Contact &)> &take) {
    for (const QString &id : work.reader.contactIds()) {
        if (work.isCancelled())
            return false;
        const auto record = work.reader.contact(id);
        if (record && !take(record->contact))
            return false;
    }
    return true;
}

} // namespace

Result<ImportPreview, Failure> previewFile(const QString &path, const ContactWork &work) {
    ImportPreview preview;
    JudgedFile file(path, work);
    const auto keep = [&preview](const RowVerdict &verdict) {
        QList<RowVerdict> &kept = verdict.outcome == Outcome::Parsed   ? preview.parsed
                                  : verdict.outcome == Outcome::Mended ? preview.mended
                                  : verdict.outcome == Outcome::Merged ? preview.merged
                                                                       : preview.refused;
        if (kept.size() < verdictsKept)
            kept.append(verdict);
        return true;
    };
    const auto report =
        file.judge([&work](const phone::Address &number) { return ownerIn(work.reader, number); }, keep);
    if (!report)
        return failed(report.error());
    preview.fileName = file.name();
    preview.format = file.format();
    preview.totals = report->totals;
    preview.encoding = report->encoding;
    preview.whyEnded = report->whyEnded;
    return preview;
}

Result<contacts::ImportTotals, Failure> importFile(const QString &path, const ContactWork &work) {
    return Import(work).run(path);
}

Result<int, Failure> exportFile(const QString &path, ContactFormat format, const ContactWork &work) {
    QSaveFile file(path);
    const auto trouble = [&file, &path] {
        return failed(Failure{FileWords::tr("%1 cannot be written: %2").arg(path, file.errorString()),
                              FileWords::tr("Choose another folder, or free some space, then try again.")});
    };
    if (!file.open(QIODevice::WriteOnly))
        return trouble();
    contacts::CsvShape shape;
    if (format == ContactFormat::Csv)
        eachContact(work, [&shape](const Contact &contact) {
            shape.include(contact);
            return true;
        });
    contacts::CsvWriter csv(file, shape.numberColumns, shape.customNames);
    if (format == ContactFormat::Csv && !csv.writeHeadings())
        return trouble();
    int written = 0;
    bool isGood = true;
    eachContact(work, [&](const Contact &contact) {
        isGood = format == ContactFormat::Csv ? csv.write(contact) : contacts::writeVCard(file, contact);
        written += isGood ? 1 : 0;
        return isGood;
    });
    if (work.isCancelled())
        return failed(stopped());
    if (!isGood || !file.commit())
        return trouble();
    return written;
}

} // namespace longcode::desk
