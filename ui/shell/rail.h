#pragma once

#include "style/icons.h"

#include <QAbstractButton>
#include <QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace longcode::shell {

enum class Page : quint8 { Inbox, Settings };

/// A page's entry: icon, name below, and a figure on a badge. UI thread.
class RailButton : public QAbstractButton {
    Q_OBJECT
public:
    RailButton(style::IconName icon, const QString &text, QWidget *parent = nullptr);
    void setBadge(int count);
    [[nodiscard]] int badge() const { return m_badge; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBadge(QPainter &painter, const QRectF &icon) const;

    style::IconName m_iconName;
    int m_badge = 0;
};

/// The strip at the window's edge with the pages that exist. UI thread.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);
    void setCurrent(Page page);
    void setUnread(int conversations);

Q_SIGNALS:
    void chosen(longcode::shell::Page page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RailButton *m_inbox;
    RailButton *m_settings;
};

} // namespace longcode::shell
