#include "support/fake_search.h"

#include "support/fake_inbox.h"

namespace longcode::tests {

namespace {

QList<desk::Mark> marksOf(const QString &text, const QString &word) {
    QList<desk::Mark> marks;
    if (word.isEmpty())
        return marks;
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive))
        marks.append({at, word.size()});
    return marks;
}

} // namespace

int FakeHits::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant FakeHits::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= m_hits.size())
        return {};
    const desk::SearchHit &hit = m_hits.at(index.row());
    if (role == desk::SearchHitRole)
        return QVariant::fromValue(hit);
    if (role == Qt::DisplayRole)
        return hit.who;
    if (role == Qt::AccessibleTextRole)
        return QString(hit.who + QStringLiteral(": ") + hit.snippet);
    return {};
}

bool FakeHits::canFetchMore(const QModelIndex &parent) const {
    return !parent.isValid() && !more.isEmpty();
}

void FakeHits::fetchMore(const QModelIndex &) {
    if (more.isEmpty())
        return;
    ++pagesFetched;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(more.size()) - 1);
    m_hits += more;
    more.clear();
    endInsertRows();
}

void FakeHits::set(const QList<desk::SearchHit> &hits) {
    beginResetModel();
    m_hits = hits;
    endResetModel();
}

void FakeSearch::setRunning(bool running) {
    if (m_running == running)
        return;
    m_running = running;
    Q_EMIT runningChanged();
}

void FakeSearch::start(const desk::SearchQuery &query) {
    m_query = query;
    queries.append(query);
    if (query.isEmpty()) {
        model.set({});
        setRunning(false);
        return;
    }
    setRunning(true);
    const auto known = answers.constFind(query.text);
    if (known != answers.cend())
        answer(*known);
}

void FakeSearch::answer(const QList<desk::SearchHit> &hits) {
    model.set(hits);
    setRunning(false);
}

void FakeSearch::fail(const Failure &why) {
    setRunning(false);
    Q_EMIT failed(why);
}

QFuture<Result<QList<desk::MessageRow>, Failure>> FakeSearch::findIn(desk::ConversationId,
                                                                     const QString &text) {
    soughtIn.append(text);
    return QtFuture::makeReadyFuture(Result<QList<desk::MessageRow>, Failure>(places.value(text)));
}

desk::SearchHit textHit(desk::ConversationId id, desk::MessageRow row, const QString &who,
                        const QString &snippet, const QString &word) {
    desk::SearchHit hit;
    hit.conversation = id;
    hit.message = row;
    hit.who = who;
    hit.snippet = snippet;
    hit.marks = marksOf(snippet, word);
    hit.at = sampleNow().addSecs(-3600);
    return hit;
}

desk::SearchHit personHit(desk::ConversationId id, const QString &who, const QString &number,
                          const QString &word) {
    desk::SearchHit hit;
    hit.kind = desk::HitKind::Person;
    hit.conversation = id;
    hit.who = who;
    hit.snippet = number;
    hit.marks = marksOf(number, word);
    hit.whoMarks = marksOf(who, word);
    hit.at = sampleNow().addSecs(-3600);
    return hit;
}

} // namespace longcode::tests
