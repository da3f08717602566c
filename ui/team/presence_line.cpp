#include "team/presence_line.h"

#include "style/elided_label.h"
#include "style/plain_text.h"
#include "style/tokens.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace longcode::team {

namespace {

constexpr int presenceDot = 7;

QString presenceWord(const char *text) {
    return QCoreApplication::translate("longcode::team::Presence", text);
}

QStringList namesOf(const QList<desk::Colleague> &colleagues, desk::TeamActivity activity) {
    QStringList names;
    for (const desk::Colleague &colleague : colleagues) {
        if (colleague.activity == activity)
            names.append(style::isolated(colleague.name));
    }
    return names;
}

QString answeringWords(const QStringList &names) {
    if (names.size() == 1)
        return presenceWord("%1 is answering…").arg(names.first());
    if (names.size() == 2)
        return presenceWord("%1 and %2 are answering…").arg(names.at(0), names.at(1));
    return presenceWord("%1 and %2 others are answering…").arg(names.first()).arg(names.size() - 1);
}

QString viewingWords(const QStringList &names) {
    if (names.size() == 1)
        return presenceWord("%1 is viewing").arg(names.first());
    if (names.size() == 2)
        return presenceWord("%1 and %2 are viewing").arg(names.at(0), names.at(1));
    return presenceWord("%1 and %2 others are viewing").arg(names.first()).arg(names.size() - 1);
}

} // namespace

QString presenceWords(const QList<desk::Colleague> &colleagues) {
    QStringList parts;
    const QStringList answering = namesOf(colleagues, desk::TeamActivity::Answering);
    const QStringList viewing = namesOf(colleagues, desk::TeamActivity::Viewing);
    if (!answering.isEmpty())
        parts << answeringWords(answering);
    if (!viewing.isEmpty())
        parts << viewingWords(viewing);
    return parts.join(QStringLiteral(" · "));
}

PresenceLine::PresenceLine(desk::Team &team, QWidget *parent)
    : QWidget(parent)
    , m_team(team)
    , m_words(new style::ElidedLabel(style::TextSize::Tiny, style::TextTone::Muted, this)) {
    setObjectName(QStringLiteral("presenceLine"));
    m_words->setObjectName(QStringLiteral("presenceWords"));
    m_words->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(presenceDot + 8, 0, 0, 0);
    row->addWidget(m_words);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_team, &desk::Team::colleaguesChanged, this, [this](desk::ConversationId id) {
        if (id == m_id)
            refresh();
    });
    connect(&m_team, &desk::Team::membersChanged, this, &PresenceLine::refresh);
    refresh();
}

void PresenceLine::show(desk::ConversationId id) {
    m_id = id;
    refresh();
}

void PresenceLine::refresh() {
    const QList<desk::Colleague> there =
        m_id.isValid() && m_team.isTeam() ? m_team.colleagues(m_id) : QList<desk::Colleague>();
    m_answering = !there.isEmpty() && there.first().activity == desk::TeamActivity::Answering;
    m_words->setText(presenceWords(there));
    m_words->setTone(m_answering ? style::TextTone::Text : style::TextTone::Muted);
    setAccessibleDescription(style::singleLine(m_words->text()));
    setVisible(m_team.isTeam());
    update();
}

void PresenceLine::paintEvent(QPaintEvent *) {
    if (m_words->text().isEmpty())
        return;
    const style::Tokens &tokens = style::tokensFor(this);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - presenceDot - 1 : 1;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_answering ? tokens.accent : tokens.scrollHandle);
    painter.drawEllipse(QRectF(x, (height() - presenceDot) / 2.0, presenceDot, presenceDot));
}

} // namespace longcode::team
