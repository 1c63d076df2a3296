import { Suspense, type ReactNode } from 'react';
import { Outlet, useLocation } from 'react-router';
import { MeContext } from '../session/session.js';
import type { Me } from '../api/shapes.js';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { NoticeBell } from '../notice/notice-bell.js';
import { LiveBadge } from './live-badge.js';
import { Logo } from '../ui/logo.js';
import { Nav } from './nav.js';
import classes from './shell.module.css';
import { Loading } from '../ui/states.js';
import { UserMenu } from './user-menu.js';

/** The frame of every page of a signed-in user. */
export const Shell = ({ me }: { me: Me }): ReactNode => {
  const { pathname } = useLocation();
  return (
    <MeContext value={me}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <div className={classes.shell}>
        <aside className={classes.side}>
          <div className={classes.brand}>
            <Logo />
            <span className={classes.word}>Baton</span>
            <NoticeBell />
          </div>
          <Nav />
          <div className={classes.foot}>
            <LiveBadge />
            <UserMenu />
          </div>
        </aside>
        <main id="content" className={classes.content} tabIndex={-1}>
          <ErrorBoundary key={pathname.split('/')[1]}>
            <Suspense
              fallback={
                <div className={classes.waiting}>
                  <Loading lines={6} />
                </div>
              }
            >
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </MeContext>
  );
};
