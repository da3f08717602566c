#include "desk/live_backups.h"

#include "base/when_finished.h"
#include "store/backup.h"
#include "store/reader.h"
#include "store/store.h"

#include <QDir>
#include <QFileInfo>
#include <QThreadPool>

namespace longcode::desk {

namespace {

constexpr int hourMs = 3'600'000;

QString fileFor(const QString &place, const QDate &day) {
    return QDir(place).filePath(QStringLiteral("console-%1.sqlite").arg(day.toString(Qt::ISODate)));
}

QString offFact() {
    return QStringLiteral("backups/off");
}

/// storeSentence() reads backups through: not on the screen's thread.
QFuture<Failure> damageSentence(const store::StoreError &error, const QString &folder) {
    auto promise = std::make_shared<QPromise<Failure>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, error, folder, stop = askedAtQuit()] {
        promise->addResult(storeSentence(error, folder, *stop));
        promise->finish();
    });
    return promise->future();
}

} // namespace

LiveBackups::LiveBackups(store::Store &store, store::Reader &reader, const Clock &clock,
                         const QString &folder, int firstLookMs, QObject *parent)
    : Backups(parent), m_store(store), m_reader(reader), m_clock(clock), m_folder(folder) {
    connect(&m_timer, &QTimer::timeout, this, &LiveBackups::look);
    // By the hour, not until midnight: the clock may jump and the machine may sleep.
    m_timer.start(firstLookMs);
}

bool LiveBackups::isOn() const {
    return m_on.value_or(m_reader.fact(offFact()).isEmpty());
}

void LiveBackups::setOn(bool on) {
    m_on = on; // what was asked for counts before it is written
    m_store.setFact(offFact(), on ? QString() : QStringLiteral("1"));
    Q_EMIT changed();
    if (on)
        look();
}

QString LiveBackups::place() const {
    return QDir(m_folder).filePath(QStringLiteral("backups"));
}

QDate LiveBackups::today() const {
    return m_clock.now().toLocalTime().date();
}

void LiveBackups::look() {
    m_timer.setInterval(hourMs);
    if (m_running || !isOn() || QFileInfo::exists(fileFor(place(), today())))
        return;
    m_asked = false;
    copy();
}

void LiveBackups::backUpNow() {
    if (m_running)
        return;
    m_asked = true;
    copy();
}

void LiveBackups::copy() {
    m_running = true;
    Q_EMIT changed();
    QDir().mkpath(place());
    whenFinished(m_store.backUp(fileFor(place(), today())), this,
                 [this](const Result<qint64, store::StoreError> &outcome) { onCopied(outcome); });
}

void LiveBackups::onCopied(const Result<qint64, store::StoreError> &outcome) {
    m_running = false;
    if (outcome) {
        m_trouble.reset();
        m_toldOn = {};
        dropOld();
    } else if (outcome.error().kind == store::StoreErrorKind::Corrupt) {
        m_running = true;
        whenFinished(damageSentence(outcome.error(), m_folder), this, [this](const Failure &failure) {
            m_running = false;
            tell(failure, store::StoreErrorKind::Corrupt);
            Q_EMIT changed();
        });
        return;
    } else {
        tell(sentenceOf(outcome.error()), outcome.error().kind);
    }
    Q_EMIT changed();
}

Failure LiveBackups::sentenceOf(const store::StoreError &error) const {
    return {tr("No backup of your conversations was made today."),
            error.kind == store::StoreErrorKind::DiskFull
                ? tr("The disk is full. Make room; Longcode tries again within the hour.")
                : tr("Check that you may write to %1; Longcode tries again within the hour. (%2)")
                      .arg(QDir::toNativeSeparators(place()), error.detail)};
}

void LiveBackups::tell(const Failure &failure, store::StoreErrorKind kind) {
    m_trouble = failure;
    if (!m_asked && m_toldOn == today() && m_told == kind)
        return;
    m_toldOn = today();
    m_told = kind;
    Q_EMIT failed(failure);
}

// A clock that was ahead for a while has left files of days to come: they must not push out today's.
void LiveBackups::dropOld() {
    QList<Backup> past, future;
    for (const Backup &backup : all())
        (backup.day > today() ? future : past).append(backup);
    for (const QList<Backup> &some : {past, future}) {
        for (qsizetype i = kept; i < some.size(); ++i)
            QFile::remove(some.at(i).path);
    }
}

} // namespace longcode::desk
