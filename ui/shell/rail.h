#pragma once

#include "health/relay_words.h"
#include "style/icons.h"

#include <QAbstractButton>
#include <QWidget>

#include <optional>

class QButtonGroup;
class QVBoxLayout;

namespace longcode::shell {

enum class Page : quint8 { Inbox, People, Scheduled, Relay, Settings };

/// A page's entry: icon, name below, and a figure on a badge. UI thread.
class RailButton : public QAbstractButton {
    Q_OBJECT
public:
    RailButton(style::IconName icon, const QString &text, QWidget *parent = nullptr);
    /// `words`: what it counts, for those who do not see it ("3 unread").
    void setBadge(int count, const QString &words);
    [[nodiscard]] int badge() const { return m_badge; }
    /// A disc in the colour of a state, and its words for those who do not see it.
    void setState(const health::RelayState &state);
    [[nodiscard]] std::optional<health::StateTone> stateTone() const { return m_state; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBadge(QPainter &painter, const QRectF &icon) const;

    style::IconName m_iconName;
    int m_badge = 0;
    std::optional<health::StateTone> m_state;
};

/// The strip at the window's edge with the pages that exist. UI thread.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);
    void setCurrent(Page page);
    void setUnread(int conversations);
    /// Texts that wait for their time.
    void setScheduled(int texts);
    void setRelayState(const health::RelayState &state);

Q_SIGNALS:
    void chosen(longcode::shell::Page page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] RailButton *buttonOf(Page page) const;

    RailButton *m_inbox;
    RailButton *m_people;
    RailButton *m_scheduled;
    RailButton *m_relay;
    RailButton *m_settings;
};

} // namespace longcode::shell
