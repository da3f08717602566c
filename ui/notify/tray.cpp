#include "notify/tray.h"

#include "style/icons.h"
#include "style/tokens.h"

#include <QAction>
#include <QLocale>
#include <QMenu>
#include <QPainter>

namespace longcode::notify {

namespace {

constexpr qint64 secondsOfAnHour = 3600;
constexpr int morning = 8;
constexpr int mostOnIcon = 99;

/// The disc in the lower corner, over half the icon: readable at 22 pixels.
void paintFigure(QPixmap &picture, int unread) {
    const style::Tokens &tokens = style::lightTokens();
    const qreal extent = picture.width();
    const QString words = unread > mostOnIcon ? QStringLiteral("99+") : QString::number(unread);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = painter.font();
    font.setPixelSize(qMax(6, int(extent * 0.42)));
    font.setBold(true);
    const qreal height = extent * 0.58;
    const qreal width =
        qMin(extent, qMax(height, QFontMetricsF(font).horizontalAdvance(words) + extent * 0.22));
    const QRectF disc(extent - width, extent - height, width, height);
    painter.setPen(QPen(tokens.dangerText, extent * 0.05));
    painter.setBrush(tokens.danger);
    painter.drawRoundedRect(disc.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2);
    if (words.size() > 2)
        font.setPixelSize(qMax(6, int(extent * 0.34)));
    painter.setFont(font);
    painter.drawText(disc, Qt::AlignCenter, words);
}

} // namespace

QDateTime quietUntil(Quiet quiet, const QDateTime &now) {
    switch (quiet) {
    case Quiet::ForAnHour:
        return now.addSecs(secondsOfAnHour);
    case Quiet::UntilTomorrow:
        return QDateTime(now.toLocalTime().date().addDays(1), QTime(morning, 0)).toUTC();
    case Quiet::Off:
        break;
    }
    return {};
}

QIcon iconWithFigure(int unread) {
    if (unread <= 0)
        return style::applicationIcon();
    QIcon icon;
    for (const int extent : {16, 22, 24, 32, 48, 64}) {
        QPixmap picture = style::applicationIcon().pixmap(QSize(extent, extent), 1.0);
        paintFigure(picture, unread);
        icon.addPixmap(picture);
    }
    return icon;
}

Tray::Tray(QObject *parent) : QObject(parent), m_menu(std::make_unique<QMenu>()) {
    m_menu->setObjectName(QStringLiteral("trayMenu"));
    QAction *open = add(tr("&Open Longcode"), "trayOpenAction");
    m_new = add(tr("&New conversation…"), "trayNewAction");
    m_menu->addSeparator();
    m_hour = add(tr("Quiet for one &hour"), "trayHourAction");
    m_tomorrow =
        add(tr("Quiet until &tomorrow, %1").arg(QLocale().toString(QTime(morning, 0), QLocale::ShortFormat)),
            "trayTomorrowAction");
    m_loud = add(tr("&End the quiet"), "trayLoudAction");
    m_menu->addSeparator();
    QAction *quit = add(tr("&Quit"), "trayQuitAction");
    connect(open, &QAction::triggered, this, &Tray::openRequested);
    connect(m_new, &QAction::triggered, this, &Tray::newConversationRequested);
    connect(m_hour, &QAction::triggered, this, [this] { Q_EMIT quietRequested(Quiet::ForAnHour); });
    connect(m_tomorrow, &QAction::triggered, this, [this] { Q_EMIT quietRequested(Quiet::UntilTomorrow); });
    connect(m_loud, &QAction::triggered, this, [this] { Q_EMIT quietRequested(Quiet::Off); });
    connect(quit, &QAction::triggered, this, &Tray::quitRequested);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openRequested();
    });
    m_icon.setContextMenu(m_menu.get());
    setConsoleOpen(false);
    setQuietUntil({});
    setUnread(0);
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_icon.show();
}

Tray::~Tray() = default;

QAction *Tray::add(const QString &text, const char *objectName) {
    QAction *action = m_menu->addAction(text);
    action->setObjectName(QLatin1String(objectName));
    return action;
}

bool Tray::isShown() const {
    return m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::setUnread(int unread) {
    if (unread == m_unread)
        return;
    m_unread = unread;
    m_icon.setIcon(iconWithFigure(unread));
    m_icon.setToolTip(unread > 0 ? tr("Longcode: %n unread conversations", nullptr, unread) : tr("Longcode"));
}

void Tray::setQuietUntil(const QDateTime &until) {
    m_loud->setVisible(until.isValid());
    if (until.isValid())
        m_loud->setText(tr("&End the quiet (until %1)")
                            .arg(QLocale().toString(until.toLocalTime(), QLocale::ShortFormat)));
}

void Tray::setConsoleOpen(bool open) {
    for (QAction *action : {m_new, m_hour, m_tomorrow, m_loud})
        action->setEnabled(open);
}

TrayNotices::TrayNotices(Tray &tray, QObject *parent) : Notices(parent), m_tray(tray) {
    connect(&m_tray.icon(), &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT opened(m_last); });
}

void TrayNotices::show(const Notice &notice) {
    if (notice.sound)
        Q_EMIT soundWanted();
    if (!m_tray.isShown() || !QSystemTrayIcon::supportsMessages())
        return;
    m_last = notice.conversation;
    QString body = notice.body;
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    // Qt may hand this to a server that renders markup, and neither says so nor escapes it.
    body.replace(u'<', u'‹');
#endif
    m_tray.icon().showMessage(notice.title, body, iconWithFigure(0));
}

} // namespace longcode::notify
